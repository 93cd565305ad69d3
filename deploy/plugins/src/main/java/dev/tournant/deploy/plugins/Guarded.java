package dev.tournant.deploy.plugins;

import dev.tournant.adapter.Adapter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adapter from elsewhere, whose errors end a call and not the node: a class that is missing, or a recursion without
 * end, becomes an exception such as every caller expects of a defect.
 */
final class Guarded {
    private Guarded() {}

    static Adapter of(Adapter adapter, String origin) {
        return guard(Adapter.class, adapter, origin);
    }

    private static <T> T guard(Class<T> type, Object target, String origin) {
        return type.cast(Proxy.newProxyInstance(
                Guarded.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(target, method, arguments, origin)));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments, String origin)
            throws Throwable {
        try {
            return guarded(method.invoke(target, arguments), origin);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LinkageError
                    || cause instanceof StackOverflowError
                    || cause instanceof AssertionError) {
                throw new IllegalStateException(origin + ": " + cause, cause);
            }
            throw cause == null ? e : cause;
        }
    }

    /** The halves of an adapter are guarded too. */
    private static @Nullable Object guarded(@Nullable Object result, String origin) {
        if (result instanceof Optional<?> optional) {
            return optional.map(inner -> guardedPart(inner, origin));
        }
        return result;
    }

    private static Object guardedPart(Object part, String origin) {
        for (Class<?> type : part.getClass().getInterfaces()) {
            if (type.getPackage().equals(Adapter.class.getPackage())) {
                return guard(type, part, origin);
            }
        }
        return part;
    }
}
