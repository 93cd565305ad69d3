package dev.tournant.deploy.cli;

import dev.tournant.conformance.Samples;
import dev.tournant.model.InvalidValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an adapter's samples are.
 *
 * @param jar that holds them; null where they are in a folder
 * @param folder in that jar, or by itself; may not be there
 */
record SampleFolder(@Nullable Path jar, Path folder) {
    static SampleFolder in(Path folder) {
        return new SampleFolder(null, folder);
    }

    /** Inside a jar, or beside one that holds none. */
    static SampleFolder of(Path jar, String name) {
        SampleFolder inside = new SampleFolder(jar, Path.of(name));
        return inside.read(Files::isDirectory) ? inside : in(jar.resolveSibling(name));
    }

    /** All of them; {@link Refused} where there are none. */
    Samples samples() {
        Samples all = read(each -> Files.isDirectory(each) ? Samples.in(each) : new Samples(List.of()));
        if (all.all().isEmpty() && all.merchant().isEmpty()) {
            throw Refused.broken("there are no samples in " + this
                    + ": put the partner's documents there, one of each resource at least: RESOURCE/page-1.json");
        }
        return all;
    }

    /** What the samples are about. */
    SampleSetting setting() {
        return read(each -> {
            Path file = each.resolve(SampleSetting.FILE);
            try {
                return Files.exists(file) ? SampleSetting.of(Files.readAllBytes(file)) : SampleSetting.USUAL;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InvalidValue e) {
                throw Refused.broken(this + "/" + SampleSetting.FILE + ": " + e.getMessage());
            }
        });
    }

    private <T> T read(Function<Path, T> with) {
        if (jar == null) {
            return with.apply(folder);
        }
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            return with.apply(inside.getPath(folder.toString()));
        } catch (IOException e) {
            throw Refused.broken(jar + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return jar == null ? folder.toString() : jar + "!/" + folder;
    }
}
