package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit on calls that a partner sets. Several may hold for one call, which needs room in all of them.
 *
 * @param name for logs, metrics and reports: {@code menus-per-location}; unique in an adapter
 * @param scope whose calls are counted together
 * @param method only calls of this method; null for all
 * @param path only calls whose path, without the query, begins so; {@code /} for all
 * @param calls 1 to 1,000,000
 * @param per so many calls in any span of this length, 1 ms to 31 days; null for so many at one time
 */
public record Limit(
        String name,
        Scope scope,
        @Nullable String method,
        String path,
        int calls,
        @Nullable Duration per) {
    public static final int CALLS_MAX = 1_000_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Whose calls count together. */
    public enum Scope {
        /** All of ours, whatever merchant they are for. */
        APPLICATION,
        /** Those from one address of ours. */
        ADDRESS,
        /** Those for one account. */
        ACCOUNT,
        /** Those for one location of an account. */
        LOCATION
    }

    public Limit {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValue("must be small letters, digits and hyphens, such as menus-per-location")
                    .under("name");
        }
        Settings.path("path", path);
        if (calls < 1 || calls > CALLS_MAX) {
            throw Settings.wrong("calls", "must be from 1 to " + CALLS_MAX + ", not " + calls);
        }
        if (per != null) {
            Settings.duration("per", per, Duration.ofMillis(1), Duration.ofDays(31));
        }
    }

    /** So many calls in any span of {@code per}. */
    public static Limit rate(String name, Scope scope, int calls, Duration per) {
        return new Limit(name, scope, null, "/", calls, per);
    }

    /** So many calls at one time. */
    public static Limit concurrent(String name, Scope scope, int calls) {
        return new Limit(name, scope, null, "/", calls, null);
    }

    /** The same for some calls only. */
    public Limit only(String forMethod, String forPath) {
        return new Limit(name, scope, forMethod, forPath, calls, per);
    }

    /** Whether a request counts. */
    public boolean counts(Request request) {
        int query = request.path().indexOf('?');
        String asked = query < 0 ? request.path() : request.path().substring(0, query);
        return asked.startsWith(path)
                && Optional.ofNullable(method).map(request.method()::equals).orElse(true);
    }
}
