package dev.tournant.deploy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** Whether a jar was built before what it is made of was changed: then it is not what a person believes to check. */
final class Staleness {
    private static final int FILES_MAX = 10_000;

    /** What goes into the jar, by the project that {@code adapter new --java} makes. */
    private static final List<String> SOURCES = List.of("src/main", "samples", "pom.xml");

    private Staleness() {}

    /** A warning that names a newer file; empty where there is none. */
    static String of(Path project, Path jar) {
        try {
            FileTime built = Files.getLastModifiedTime(jar);
            for (String source : SOURCES) {
                Path from = project.resolve(source);
                if (Files.exists(from) && isAnyAfter(built, from)) {
                    return jar + " is older than " + from + ": what is said here is said of the old one; run mvn -f "
                            + project + " verify";
                }
            }
            return "";
        } catch (IOException e) {
            throw Refused.usage(project + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isAnyAfter(FileTime built, Path from) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).limit(FILES_MAX).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
