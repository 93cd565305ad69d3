package dev.tournant.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sample documents of a partner, from a folder:
 *
 * <pre>
 * RESOURCE/page-1.json, page-2.json   the pages of one fetch, whole
 * RESOURCE/anything.json              other answers to a fetch of this resource
 * RESOURCE/odd-anything.json          one of which something cannot be read
 * webhooks/anything.json              a webhook's body, as raw bytes
 * NAME.expected.json                  beside any of them: the records that it says
 * NAME.headers.json                   the answer's headers
 * merchant.json                       for a partner that is only told: what the merchant has, as in NAME.expected.json
 * NAME.signed.json                    beside a webhook: {"url", "at", "secrets": {…}, "headers": {…}} as the partner signed it
 * </pre>
 */
public final class Samples {
    public static final String WEBHOOKS = "webhooks";
    public static final int FILES_MAX = 1_000;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final String MERCHANT = "merchant.json";

    private final List<Sample> all;
    private final Map<RecordKey, FieldMap> merchant;

    public Samples(List<Sample> all) {
        this(all, Map.of());
    }

    /** @param merchant what the merchant has, where no document of the partner says so: {@link #merchant} */
    public Samples(List<Sample> all, Map<RecordKey, FieldMap> merchant) {
        this.all = List.copyOf(all);
        this.merchant = Map.copyOf(merchant);
    }

    /** From a folder of the class path: {@code onClassPath(MyTest.class, "/square/conformance")}. */
    public static Samples onClassPath(Class<?> near, String folder) {
        URL found = near.getResource(folder);
        if (found == null) {
            throw new InvalidValue("there is no folder " + folder + " on the class path of " + near.getName());
        }
        try {
            URI uri = found.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return in(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return in(jar.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new InvalidValue("the folder " + folder + " has a name that cannot be read: " + e.getMessage());
        }
    }

    /** {@link InvalidValue} names a folder that is none, or a file that is no JSON where JSON belongs. */
    public static Samples in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidValue("there is no folder " + folder);
        }
        List<Path> files;
        try (Stream<Path> walked = Files.walk(folder, 2)) {
            files = walked.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> folder.relativize(file).getNameCount() == 2)
                    .limit(FILES_MAX)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Sample> all = new ArrayList<>();
        for (Path file : files) {
            if (Stream.of(".expected.json", ".headers.json", ".signed.json").noneMatch(file.toString()::endsWith)) {
                all.add(sample(folder, file));
            }
        }
        all.sort(Comparator.comparing(each -> inOrder(each.name())));
        Path merchant = folder.resolve(MERCHANT);
        return Files.exists(merchant)
                ? new Samples(all, Merchant.read(Documents.object(bytes(merchant))))
                : new Samples(all);
    }

    private static Sample sample(Path folder, Path file) {
        String kind = folder.relativize(file).getName(0).toString().replace("/", "");
        ObjectNode headers = beside(file, "headers");
        Map<String, String> byName = new HashMap<>();
        if (headers != null) {
            headers.fields()
                    .forEachRemaining(each -> byName.put(
                            each.getKey().toLowerCase(Locale.ROOT),
                            each.getValue().asText()));
        }
        return new Sample(
                kind + "/" + file.getFileName(),
                kind.equals(WEBHOOKS) ? null : kind,
                bytes(file),
                byName,
                beside(file, "expected"),
                beside(file, "signed"));
    }

    private static @Nullable ObjectNode beside(Path file, String what) {
        String name = String.valueOf(file.getFileName());
        Path other = file.resolveSibling(name.substring(0, name.length() - ".json".length()) + "." + what + ".json");
        try {
            return Files.exists(other) ? Documents.object(bytes(other)) : null;
        } catch (InvalidValue e) {
            throw e.under(other.toString());
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a counterpart holds now, as the pages of one fetch of each resource.
     *
     * @param pagesMax pages of one resource; what comes after them is left out
     */
    public static Samples fetched(Adapter adapter, Link link, Counterpart counterpart, int pagesMax) {
        List<Sample> pages = new ArrayList<>();
        for (String resource : adapter.resources()) {
            Fetch fetch = new Fetch(link, resource, null);
            Request request = adapter.open(fetch);
            for (int nth = 1; request != null && nth <= pagesMax; ) {
                Answer answer = counterpart.send(request);
                Turn turn = adapter.turn(fetch, request, answer);
                if (turn instanceof Turn.Broken broken) {
                    throw new InvalidValue("the counterpart refuses " + request + ": " + broken.outcome());
                }
                if (turn instanceof Turn.Page) {
                    String name = resource + "/page-" + nth++ + ".json";
                    pages.add(new Sample(name, resource, answer.body(), answer.headers(), null, null));
                }
                request = turn instanceof Turn.Page page ? page.next() : ((Turn.Ask) turn).next();
            }
        }
        return new Samples(pages);
    }

    /** Numbers in names count as numbers: page-10 comes after page-9. */
    private static String inOrder(String name) {
        Matcher number = NUMBER.matcher(name);
        return number.replaceAll(found -> String.format(Locale.ROOT, "%09d", Integer.parseInt(found.group())));
    }

    /** These and others. */
    public Samples and(Samples others) {
        Map<RecordKey, FieldMap> both = new HashMap<>(merchant);
        both.putAll(others.merchant);
        return new Samples(Stream.concat(all.stream(), others.all.stream()).toList(), both);
    }

    /**
     * What the merchant has, for a partner that is told everything and says nothing about records itself; the pages among
     * the samples show what it holds of that.
     */
    public Map<RecordKey, FieldMap> merchant() {
        return merchant;
    }

    public List<Sample> all() {
        return all;
    }

    /** Those that are whole, of one resource or, for null, the webhooks. */
    List<Sample> of(@Nullable String resource) {
        return clean().stream()
                .filter(each -> String.valueOf(each.resource()).equals(String.valueOf(resource)))
                .toList();
    }

    List<Sample> pages(String resource) {
        return of(resource).stream().filter(Sample::isPage).toList();
    }

    List<Sample> clean() {
        return all.stream().filter(each -> !each.isOdd()).toList();
    }
}
