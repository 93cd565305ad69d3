package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made anew is right at once. */
class SkeletonTest {
    @TempDir
    Path folder;

    @Test
    void makesAManifestThatPasses() {
        Shell.Done made = Shell.run("adapter", "new", "corner-pos-2", "--dir", folder);
        assertThat(made.err()).isEmpty();
        assertThat(made.exit()).isZero();
        Path home = folder.resolve("corner-pos-2");
        assertThat(made.out()).contains("tournant adapter check " + home);
        assertThat(home.resolve("README.md"))
                .content()
                .contains("adapter check " + home)
                .doesNotContain("@");
        assertThat(home.resolve("samples/webhooks/menu-changed.signed.json"))
                .content()
                .contains("/v1/hooks/");
        Shell.Done checked = Shell.run("adapter", "check", home);
        assertThat(checked.exit()).as(checked.out()).isZero();
        assertThat(checked.out()).contains("0 failed").endsWith("corner-pos-2 passed" + System.lineSeparator());
        assertThat(checked.err()).startsWith("1/").contains(" passed samples-exist");
    }

    @Test
    void makesAJavaAdapterThatPassesAsAJarAndAsAProject() throws IOException {
        assertThat(Shell.run("adapter", "new", "odd-pos", "--java", "--dir", folder)
                        .exit())
                .isZero();
        Path home = folder.resolve("odd-pos");
        Shell.Done early = Shell.run("adapter", "check", home);
        assertThat(early.exit()).isEqualTo(2);
        assertThat(early.err()).contains("build it first: mvn -f " + home);
        assertThat(home.resolve("pom.xml")).content().doesNotContain("@");

        Path jar = build(home);
        Shell.Done checked = Shell.run("adapter", "check", jar);
        assertThat(checked.exit()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).contains("found-by-service-loader");
        Shell.Done project = Shell.run("adapter", "check", home);
        assertThat(project.exit()).isZero();
        assertThat(project.err()).doesNotContain("warning");
        Files.writeString(folder.resolve("changes.json"), "{\"item/tea\": {\"name\": \"Chai\"}}");
        Shell.Done mapped = Shell.run(
                "adapter",
                "map",
                jar,
                "--in",
                home.resolve("samples/menu/page-1.json"),
                "--put",
                folder.resolve("changes.json"));
        assertThat(mapped.out()).contains("-    \"name\" : \"Tea\"", "+    \"name\" : \"Chai\"");
    }

    @Test
    void warnsOfAJarThatIsOlderThanWhatItIsMadeOf() throws IOException {
        Shell.run("adapter", "new", "odd-pos", "--java", "--dir", folder);
        Path home = folder.resolve("odd-pos");
        Path jar = build(home);
        Path page = home.resolve("samples/menu/page-1.json");
        FileTime later =
                FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(2));
        String says = "warning: " + jar + " is older than ";
        for (String source : List.of("src/main/java/partner/oddpos/OddPosAdapter.java", "samples/menu/page-1.json")) {
            FileTime before = Files.getLastModifiedTime(home.resolve(source));
            Files.setLastModifiedTime(home.resolve(source), later);
            assertThat(Shell.run("adapter", "check", home, "--cases", "1").err())
                    .startsWith(says)
                    .contains("run mvn -f " + home + " verify");
            assertThat(Shell.run("adapter", "map", home, "--in", page).err()).startsWith(says);
            Files.setLastModifiedTime(home.resolve(source), before);
        }
        assertThat(Shell.run("adapter", "map", home, "--in", page).err()).isEmpty();
    }

    /** What the guide shows of a manifest that is not enough by itself. */
    @Test
    void aManifestWithAPartInJavaPassesAsTheGuideHasIt() throws IOException {
        Shell.run("adapter", "new", "odd-pos", "--java", "--dir", folder);
        Shell.run("adapter", "new", "odd-pos", "--dir", folder.resolve("manifest"));
        Path home = folder.resolve("odd-pos");
        Files.copy(folder.resolve("manifest/odd-pos/odd-pos.yaml"), home.resolve("src/main/resources/odd-pos.yaml"));
        Path guide = Path.of("..", "..", "protocol", "GUIDE.md");
        String code = Files.readString(guide).split("```java\n", 2)[1].split("```", 2)[0];
        Files.writeString(home.resolve("src/main/java/partner/oddpos/OddPosAdapter.java"), code);
        Files.delete(home.resolve("src/test/java/partner/oddpos/OddPosConformanceTest.java"));
        Shell.Done checked = Shell.run("adapter", "check", build(home));
        assertThat(checked.exit()).as(checked.out() + checked.err()).isZero();
    }

    @Test
    void refusesNamesThatCouldNotBeAPartnersAndFoldersThatAreThere() {
        for (String name : List.of("Corner", "corner_pos", "-pos", "2go", "../up", "a".repeat(33))) {
            Shell.Done done = Shell.run("adapter", "new", "--dir", folder, "--", name);
            assertThat(done.exit()).as(name).isEqualTo(2);
            assertThat(done.err()).contains("NAME", "small letters");
        }
        Path home = Shell.manifest(folder);
        Shell.Done again = Shell.run("adapter", "new", "stall", "--dir", folder);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains(home + " is there already");
    }

    /** As Maven does: everything compiled, and the main classes, resources and samples in a jar. */
    private Path build(Path home) throws IOException {
        Path classes = Files.createDirectories(home.resolve("target/classes"));
        compile(files(home.resolve("src"), ".java"), classes);
        Path jar = home.resolve("target/odd-pos.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(out, classes, "", ".class");
            add(out, home.resolve("src/main/resources"), "", "Adapter");
            add(out, home.resolve("src/main/resources"), "", ".yaml");
            out.putNextEntry(new JarEntry("samples/"));
            add(out, home.resolve("samples"), "samples/", ".json");
        }
        return jar;
    }

    private static void add(JarOutputStream out, Path from, String under, String end) throws IOException {
        for (Path file : files(from, end)) {
            out.putNextEntry(new JarEntry(under + from.relativize(file)));
            out.write(Files.readAllBytes(file));
        }
    }

    private static List<Path> files(Path from, String end) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .toList();
        }
    }

    private static void compile(List<Path> sources, Path into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "-d",
                into.toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                "-Xlint:all,-processing,-classfile",
                "-Werror");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean good = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(good).as(said.toString()).isTrue();
        }
    }
}
