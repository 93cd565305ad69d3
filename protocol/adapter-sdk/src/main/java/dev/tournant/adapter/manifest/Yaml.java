package dev.tournant.adapter.manifest;

import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a manifest that knows where it stands. YAML 1.2: {@code NO} is text, and so are dates. Anchors and aliases
 * are not expanded without bound; duplicate names are refused.
 */
final class Yaml {
    /** Of one manifest, in characters; a large one has a tenth of it. */
    static final int CHARS_MAX = 1 << 20;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Node node;
    private final String path;

    private Yaml(Node node, String path) {
        this.node = node;
        this.path = path;
    }

    static Yaml parse(String yaml) {
        if (yaml.length() > CHARS_MAX) {
            throw new Faults.Found(new Fault(1, "", "has more than " + CHARS_MAX + " characters"));
        }
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(CHARS_MAX)
                .build();
        try {
            Node root = new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> new Faults.Found(new Fault(1, "", "is empty; see the guide for a first one")));
            return new Yaml(root, "");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Faults.Found(new Fault(line, "", "is no YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Faults.Found(new Fault(1, "", "is no YAML: " + e.getMessage()));
        }
    }

    /** From 1. */
    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    Faults.Found wrong(String detail) {
        return new Faults.Found(new Fault(line(), path, detail));
    }

    /** A value of ours refuses what was made of this part. */
    Faults.Found fault(InvalidValue e) {
        String inside = e.path().isEmpty() ? path : path.isEmpty() ? e.path() : path + "." + e.path();
        return new Faults.Found(new Fault(line(), inside, e.detail()));
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isText() {
        return node instanceof ScalarNode && !isNull();
    }

    private boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    String text() {
        if (node instanceof ScalarNode scalar && !isNull()) {
            return scalar.getValue();
        }
        throw wrong("must be text");
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("must be true or false, not " + text());
        };
    }

    int whole(int min, int max) {
        try {
            int value = Integer.parseInt(text());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong("must be a whole number from " + min + " to " + max + ", not " + text());
        }
        throw wrong("must be a whole number from " + min + " to " + max + ", not " + text());
    }

    /** {@code 250ms}, {@code 30s}, {@code 15m}, {@code 12h}, {@code 30d}. */
    Duration duration() {
        Matcher matcher = DURATION.matcher(text());
        if (!matcher.matches()) {
            throw wrong("must be a time such as 250ms, 30s, 15m, 12h or 30d, not " + text());
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** One of several words; the values are what they stand for. */
    <T> T oneOf(Map<String, T> words) {
        T value = words.get(text());
        if (value == null) {
            throw wrong("must be one of " + String.join(", ", new TreeSet<>(words.keySet())) + ", not " + text());
        }
        return value;
    }

    /** An enum's constant by its kebab-case name. */
    <E extends Enum<E>> E oneOf(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E each : type.getEnumConstants()) {
            words.put(each.name().toLowerCase(Locale.ROOT).replace('_', '-'), each);
        }
        return oneOf(words);
    }

    List<Yaml> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("must be a list");
        }
        List<Yaml> parts = new ArrayList<>();
        for (Node each : sequence.getValue()) {
            parts.add(new Yaml(each, path + "[" + parts.size() + "]"));
        }
        return parts;
    }

    /** A list, or one value that stands for a list of one. */
    List<Yaml> oneOrMore() {
        return isList() ? list() : List.of(this);
    }

    List<String> texts() {
        return oneOrMore().stream().map(Yaml::text).toList();
    }

    /** Members by name, in order. */
    Map<String, Yaml> members() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("must hold names and values");
        }
        Map<String, Yaml> members = new LinkedHashMap<>();
        for (NodeTuple each : mapping.getValue()) {
            if (!(each.getKeyNode() instanceof ScalarNode name)) {
                throw wrong("has a name that is no text");
            }
            String inside = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
            Yaml part = new Yaml(each.getValueNode(), inside);
            if (members.put(name.getValue(), part) != null) {
                throw part.wrong("stands there twice");
            }
        }
        return members;
    }

    /** Members whose names are plain data: texts, flags or whole numbers. */
    Map<Object, Yaml> words() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("must hold words and what they mean");
        }
        Map<Object, Yaml> words = new LinkedHashMap<>();
        for (NodeTuple each : mapping.getValue()) {
            Object word = new Yaml(each.getKeyNode(), path).plain();
            if (word == null) {
                throw wrong("has a word that is empty");
            }
            words.put(word, new Yaml(each.getValueNode(), path + "." + word));
        }
        return words;
    }

    /** Refuses members with other names; says which one might be meant. */
    Yaml only(String... known) {
        members().forEach((name, part) -> {
            if (!Set.of(known).contains(name)) {
                throw part.wrong("is unknown here; " + meant(name, known));
            }
        });
        return this;
    }

    /** Which of the known names might be meant by another, and all of them. */
    static String meant(String name, String... known) {
        for (String each : known) {
            if (each.startsWith(name) || name.startsWith(each) || distance(name, each) <= 2) {
                return "is " + each + " meant? Known are " + String.join(", ", known);
            }
        }
        return "known are " + String.join(", ", known);
    }

    /** Of Levenshtein: how many letters to add, drop or change. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    /** What is made of this part; a value of ours that refuses it is a fault of this part. */
    <T> T make(Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidValue e) {
            throw fault(e);
        }
    }

    Optional<Yaml> get(String name) {
        return Optional.ofNullable(members().get(name)).filter(part -> !part.isNull());
    }

    Yaml need(String name) {
        return get(name).orElseThrow(() -> wrong(name + " is missing"));
    }

    String text(String name, String absent) {
        return get(name).map(Yaml::text).orElse(absent);
    }

    /** Plain data: text, whole numbers, decimals as text, flags, lists and maps; for values in our own JSON form. */
    @Nullable
    Object plain() {
        if (isNull()) {
            return null;
        }
        if (isMap()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            members().forEach((name, part) -> map.put(name, part.plain()));
            return map;
        }
        if (isList()) {
            List<@Nullable Object> list = new ArrayList<>();
            list().forEach(part -> list.add(part.plain()));
            return list;
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.BOOL)) {
            return flag();
        }
        if (tag.equals(Tag.INT)) {
            try {
                return Long.parseLong(text());
            } catch (NumberFormatException e) {
                throw wrong("is too large a number");
            }
        }
        return text();
    }

    @Override
    public String toString() {
        return line() + " " + path;
    }
}
