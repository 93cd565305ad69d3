package dev.tournant.deploy.standins;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The arguments of a command line, each as {@code --name value}. What nobody has asked for by its name is wrong. */
final class Arguments {
    private final Map<String, String> given;
    private final Set<String> known = new TreeSet<>();

    private Arguments(Map<String, String> given) {
        this.given = given;
    }

    /** Throws {@link IllegalArgumentException} that names the argument that is wrong, as all here do. */
    static Arguments of(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < args.length; at += 2) {
            String name = args[at].startsWith("--") ? args[at].substring(2) : "";
            if (name.isEmpty() || at + 1 == args.length) {
                throw new IllegalArgumentException("`" + args[at] + "`: expected --name value");
            }
            given.put(name, args[at + 1]);
        }
        return new Arguments(given);
    }

    Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(given.get(name));
    }

    int integer(String name, int otherwise) {
        return parsed(name, Integer::valueOf).orElse(otherwise);
    }

    long integer(String name, long otherwise) {
        return parsed(name, Long::valueOf).orElse(otherwise);
    }

    double number(String name, double otherwise) {
        return number(name).orElse(otherwise);
    }

    Optional<Double> number(String name) {
        return parsed(name, Double::valueOf);
    }

    Duration millis(String name, Duration otherwise) {
        return parsed(name, Long::valueOf).map(Duration::ofMillis).orElse(otherwise);
    }

    /** To be called when every name that there is has been asked for. */
    void refuseOthers() {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("`--" + name + "`: there are only " + known);
            }
        }
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parser) {
        Optional<String> text = text(name);
        try {
            return text.map(parser);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "--" + name + " is no such number: `" + text.orElse("") + "`", notANumber);
        }
    }
}
