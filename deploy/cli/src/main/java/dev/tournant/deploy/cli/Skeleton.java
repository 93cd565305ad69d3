package dev.tournant.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code adapter new}: a small adapter that is right, to be made into that of a partner. */
final class Skeleton {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int NAME_CHARS_MAX = 32;
    private static final String FROM = "skeleton/";

    /** The partner's documents are the same, whichever way they are read. */
    private static final List<String> SAMPLES = List.of(
            "samples/subject.json",
            "samples/menu/page-1.json",
            "samples/menu/page-1.expected.json",
            "samples/menu/page-2.json",
            "samples/menu/page-2.expected.json",
            "samples/menu/odd-price.json",
            "samples/webhooks/menu-changed.json",
            "samples/webhooks/menu-changed.signed.json");

    private final Console console;

    Skeleton(Console console) {
        this.console = console;
    }

    int write(String name, boolean java, Path folder) {
        if (!NAME.matcher(name).matches() || name.length() > NAME_CHARS_MAX) {
            throw Refused.usage("NAME: \"" + name + "\" is no name of a partner; use at most " + NAME_CHARS_MAX
                    + " small letters, digits and single hyphens, and begin with a letter: corner-pos");
        }
        Path home = folder.resolve(name).normalize();
        if (Files.exists(home)) {
            throw Refused.usage(home + " is there already; take it away, or choose another --dir");
        }
        Map<String, String> words = words(name, home);
        files(name, java, words).forEach((template, file) -> write(template, home.resolve(file), words));
        console.out().println(home + " is ready. Next:");
        if (java) {
            console.out().println("  mvn -f " + home + " verify");
        }
        console.out().println("  tournant adapter check " + home);
        console.out().println("Then read " + home.resolve("README.md"));
        console.out().flush();
        return 0;
    }

    private static Map<String, String> words(String name, Path home) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("name", name);
        words.put("package", name.replace("-", ""));
        words.put("Name", capitalised(name));
        words.put("home", home.toString());
        words.put("tournant", Versions.tournant());
        words.put("junit", Versions.junit());
        return words;
    }

    private static String capitalised(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("-", -1)) {
            text.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return text.toString();
    }

    /** Templates, and where in the new folder each goes. */
    private static Map<String, String> files(String name, boolean java, Map<String, String> words) {
        Map<String, String> files = new LinkedHashMap<>();
        SAMPLES.forEach(sample -> files.put(sample, sample));
        if (!java) {
            files.put("manifest/README.md", "README.md");
            files.put("manifest/manifest.yaml", name + ".yaml");
            return files;
        }
        String folder = "java/partner/" + words.get("package") + "/";
        String type = words.get("Name");
        files.put("java/README.md", "README.md");
        files.put("java/pom.xml", "pom.xml");
        files.put("java/gitignore", ".gitignore");
        files.put("java/Adapter.java.template", "src/main/" + folder + type + "Adapter.java");
        files.put("java/ConformanceTest.java.template", "src/test/" + folder + type + "ConformanceTest.java");
        files.put("java/service", "src/main/resources/META-INF/services/dev.tournant.adapter.Adapter");
        return files;
    }

    private static void write(String template, Path file, Map<String, String> words) {
        String text = read(template);
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("@" + word.getKey() + "@", word.getValue());
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Refused.usage(file + " cannot be written: " + e.getMessage());
        }
    }

    private static String read(String template) {
        try (InputStream in = Skeleton.class.getResourceAsStream(FROM + template)) {
            if (in == null) {
                throw new IllegalStateException("this build has no " + FROM + template);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
