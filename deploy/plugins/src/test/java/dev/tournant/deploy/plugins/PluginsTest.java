package dev.tournant.deploy.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Adapter;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins from a folder: what is good is there, what is broken is named, and the node lives on. */
class PluginsTest {
    private static final PartnerName STALL = new PartnerName("stall");
    private static final String MANIFEST = """
            manifest: 1
            partner: stall
            environments: {production: "https://stall.example", sandbox: "http://127.0.0.1:1"}
            authentication: {static-header: {header: X-Key, secret: key}}
            resources: {menu: {request: GET /menu, records: {items: item}}}
            records: {item: {id: id, fields: {name: name}}}
            """;

    @TempDir
    Path folder;

    private Plugins load() {
        return Plugins.load(folder, "production");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void takesManifestsBesideWhatIsBuiltIn() throws IOException {
        write("stall.yaml", MANIFEST);
        write("notes.txt", "not a plugin");
        Plugins plugins = load();
        assertThat(plugins.broken()).isEmpty();
        assertThat(plugins.found()).containsKeys(STALL, new PartnerName("square"));
        assertThat(plugins.found().get(STALL)).isNotNull().satisfies(found -> {
            assertThat(found.origin()).isEqualTo("stall.yaml");
            assertThat(found.baseUrl()).isEqualTo("https://stall.example");
        });
    }

    @Test
    void namesWhatIsBrokenAndTakesTheRest() throws IOException {
        write("stall.yaml", MANIFEST);
        write("a-wrong.yaml", MANIFEST.replace("name: name", "nmae: name"));
        write("b-taken.yml", MANIFEST.replace("stall", "square"));
        write("c-garbage.jar", "this is no jar");
        write("d-elsewhere.yaml", MANIFEST.replace("production:", "prod:"));
        Plugins plugins = load();
        assertThat(plugins.found()).containsKey(STALL);
        assertThat(plugins.broken())
                .extracting(Plugins.Broken::origin)
                .containsExactly("a-wrong.yaml", "b-taken.yml", "c-garbage.jar", "d-elsewhere.yaml");
        assertThat(plugins.broken().get(0).why())
                .startsWith("a-wrong.yaml:6: records.item.fields.nmae: is no field; is name meant? Known are name");
        assertThat(plugins.broken().get(1).why()).contains("calls itself \"square\"", "SquareAdapter");
    }

    @Test
    void saysThatAFolderIsNotThere() {
        Plugins plugins = Plugins.load(folder.resolve("nowhere"), "production");
        assertThat(plugins.found()).containsKey(new PartnerName("square"));
        assertThat(plugins.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.why()).contains("nowhere"));
    }

    @Test
    void takesAdaptersFromJarsAndOutlivesTheirErrors() throws IOException {
        jar("stand.jar", "stand.Stand", """
                package stand;
                public final class Stand implements dev.tournant.adapter.Adapter {
                    public dev.tournant.model.PartnerName partner() { return new dev.tournant.model.PartnerName("stand"); }
                    public java.util.Set<dev.tournant.adapter.Capability> capabilities() { return java.util.Set.of(); }
                    public dev.tournant.adapter.auth.AuthScheme authentication() {
                        return new dev.tournant.adapter.auth.StaticHeader(
                            dev.tournant.adapter.signature.PrefixedHeader.bearer(), "key");
                    }
                    public java.util.List<dev.tournant.adapter.Limit> limits() { return java.util.List.of(); }
                    public dev.tournant.adapter.Refusals refusals() { return dev.tournant.adapter.Refusals.at("a", "b"); }
                    public java.util.List<String> resources() { return java.util.List.of("menu"); }
                    public dev.tournant.adapter.Reading read(dev.tournant.adapter.Payload p) { return read(p); }
                    public dev.tournant.adapter.Request open(dev.tournant.adapter.Fetch f) { throw new NoClassDefFoundError("lost"); }
                    public dev.tournant.adapter.Turn turn(dev.tournant.adapter.Fetch f, dev.tournant.adapter.Request r,
                        dev.tournant.adapter.Answer a) { throw new IllegalArgumentException("a defect"); }
                }
                """);
        Plugins plugins = load();
        assertThat(plugins.broken()).isEmpty();
        Plugins.Found found = plugins.found().get(new PartnerName("stand"));
        assertThat(found).isNotNull();
        Adapter adapter = found.adapter();
        assertThat(adapter.resources()).containsExactly("menu");
        assertThatThrownBy(() -> adapter.open(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stand.jar")
                .hasMessageContaining("lost");
        assertThatThrownBy(() -> adapter.read(null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> adapter.turn(null, null, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnAdapterThatDeclaresWhatNobodyCanAskItFor() throws IOException {
        jar("orders.jar", "orders.Orders", """
                package orders;
                public final class Orders implements dev.tournant.adapter.Adapter {
                    public dev.tournant.model.PartnerName partner() { return new dev.tournant.model.PartnerName("orders"); }
                    public java.util.Set<dev.tournant.adapter.Capability> capabilities() {
                        return java.util.Set.of(dev.tournant.adapter.Capability.ORDERS);
                    }
                    public dev.tournant.adapter.auth.AuthScheme authentication() { return null; }
                    public java.util.List<dev.tournant.adapter.Limit> limits() { return java.util.List.of(); }
                    public dev.tournant.adapter.Refusals refusals() { return dev.tournant.adapter.Refusals.at("a", "b"); }
                    public java.util.List<String> resources() { return java.util.List.of(); }
                    public dev.tournant.adapter.Reading read(dev.tournant.adapter.Payload p) { return null; }
                    public dev.tournant.adapter.Request open(dev.tournant.adapter.Fetch f) { return null; }
                    public dev.tournant.adapter.Turn turn(dev.tournant.adapter.Fetch f, dev.tournant.adapter.Request r,
                            dev.tournant.adapter.Answer a) { return null; }
                }
                """);
        assertThat(load().broken()).singleElement().satisfies(broken -> {
            assertThat(broken.origin()).isEqualTo("orders.jar");
            assertThat(broken.why()).contains("declares ORDERS", "leave it out");
        });
    }

    @Test
    void namesJarsWithoutAServiceOrWithABrokenOne() throws IOException {
        jar("empty.jar", "", "");
        jar("lost.jar", "lost.Nowhere", "");
        assertThat(load().broken()).extracting(Plugins.Broken::origin).containsExactly("empty.jar", "lost.jar");
    }

    /** Compiles a class into a jar that offers it as an adapter. */
    private void jar(String name, String service, String source) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        if (!source.isEmpty()) {
            compile(service, source, classes);
        }
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            if (!source.isEmpty()) {
                String file = service.replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(file));
                jar.write(Files.readAllBytes(classes.resolve(file)));
            }
            if (!service.isEmpty()) {
                jar.putNextEntry(new JarEntry("META-INF/services/" + Adapter.class.getName()));
                jar.write(service.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void compile(String name, String source, Path into) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-d", into.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none");
        assertThat(compiler.getTask(said, null, null, options, null, List.of(file))
                        .call())
                .as(said.toString())
                .isTrue();
    }
}
