package dev.tournant.http.server;

import akka.http.javadsl.model.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the operation that a request means, in one list that is also the inventory of all routes. */
final class Router {
    private final List<Operation> operations;
    private final List<List<String>> templates = new ArrayList<>();

    Router(List<Operation> operations) {
        this.operations = List.copyOf(operations);
        operations.forEach(each -> templates.add(each.segments()));
    }

    /**
     * What a request meets.
     *
     * @param operation null where there is none
     * @param names what stood for each variable segment, decoded
     * @param allowed the methods of the path, whether or not it is one of them; empty for an unknown path
     */
    record Match(@Nullable Operation operation, Map<String, String> names, TreeSet<String> allowed) {
        Optional<Operation> found() {
            return Optional.ofNullable(operation);
        }

        /** For metrics: bounded, whatever callers send. */
        String route() {
            return operation == null ? "unknown" : operation.template();
        }

        /** For metrics: bounded, whatever callers send. */
        String method() {
            return operation == null ? "other" : operation.method();
        }
    }

    List<Operation> operations() {
        return operations;
    }

    Match match(HttpRequest request) {
        String method = request.method().value();
        List<String> path = segments(request.getUri().getPathString());
        TreeSet<String> allowed = new TreeSet<>();
        Operation found = null;
        Map<String, String> names = Map.of();
        for (int i = 0; i < operations.size(); i++) {
            Map<String, String> these = names(templates.get(i), path);
            if (these != null) {
                allowed.add(operations.get(i).method());
                if (operations.get(i).method().equals(method)) {
                    found = operations.get(i);
                    names = these;
                }
            }
        }
        return new Match(found, names, allowed);
    }

    private static @Nullable Map<String, String> names(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return null;
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            if (part.startsWith("{")) {
                names.put(part.substring(1, part.length() - 1), decoded(path.get(i)));
            } else if (!part.equals(path.get(i))) {
                return null;
            }
        }
        return names;
    }

    private static String decoded(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
