package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;

class LoadingTest {
    /** Constants of one class are made from those of others; a circle would leave a null in one of them. */
    @Example
    void findsEveryConstantWhicheverClassIsLoadedFirst() throws Exception {
        for (String first : classes()) {
            try (URLClassLoader fresh =
                    new URLClassLoader(new URL[] {home().toUri().toURL()}, null)) {
                Class.forName(first, true, fresh);
                for (String name : classes()) {
                    for (java.lang.reflect.Field constant :
                            Class.forName(name, true, fresh).getDeclaredFields()) {
                        if (java.lang.reflect.Modifier.isStatic(constant.getModifiers())) {
                            constant.setAccessible(true);
                            assertThat(constant.get(null))
                                    .as(first + " first: " + constant)
                                    .isNotNull();
                        }
                    }
                }
            }
        }
    }

    private static List<String> classes() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(home().resolve("dev/tournant/model"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-") && !name.contains("$"))
                    .map(name -> "dev.tournant.model." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Path home() throws URISyntaxException {
        return Path.of(
                Field.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
