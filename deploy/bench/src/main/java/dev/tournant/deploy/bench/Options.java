package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.Checkout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What stood behind a bench's name: {@code --option value}, each with a default of the bench's own. */
final class Options {
    private final Map<String, String> given;

    private Options(Map<String, String> given) {
        this.given = given;
    }

    /** @throws IllegalArgumentException saying what is wrong with the arguments */
    static Options parse(String[] args, int from, Set<String> known) {
        Map<String, String> given = new HashMap<>();
        for (int i = from; i < args.length; i += 2) {
            if (!known.contains(args[i])) {
                throw new IllegalArgumentException("there is no option " + args[i] + " here; see --help");
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value; see --help");
            }
            given.put(args[i], args[i + 1]);
        }
        return new Options(given);
    }

    int number(String option, int absent, int min, int max) {
        String text = given.get(option);
        if (text == null) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException(option + " must be from " + min + " to " + max + ", not " + value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a whole number, not \"" + text + "\"", e);
        }
    }

    String word(String option, String absent, Set<String> words) {
        String word = given.getOrDefault(option, absent);
        if (!words.contains(word)) {
            throw new IllegalArgumentException(option + " must be one of " + words + ", not \"" + word + "\"");
        }
        return word;
    }

    Path data(String bench) {
        String data = given.get("--data");
        Path place = data == null ? Checkout.path("deploy/bench/target/" + bench) : Path.of(data);
        return place.toAbsolutePath();
    }
}
