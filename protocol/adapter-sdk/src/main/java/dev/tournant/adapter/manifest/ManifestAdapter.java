package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An adapter that is a manifest, and no Java. */
public final class ManifestAdapter implements Adapter {
    private final Manifest manifest;
    private final Set<Capability> capabilities;

    private ManifestAdapter(Manifest manifest) {
        this.manifest = manifest;
        this.capabilities = manifest.capabilities();
    }

    /**
     * Reads a manifest.
     *
     * @param file its name, for errors
     * @param yaml at most 1 MiB
     */
    public static ManifestAdapter of(String file, String yaml) throws ManifestException {
        return new ManifestAdapter(ManifestReader.read(file, yaml));
    }

    /**
     * Reads a manifest that is in the same jar as a class, to be a part of an adapter in Java.
     *
     * @param resource such as {@code /corner-pos.yaml}; {@link InvalidValue} where it is not there, or wrong
     */
    public static ManifestAdapter onClassPath(Class<?> near, String resource) {
        try (InputStream in = near.getResourceAsStream(resource)) {
            if (in == null) {
                throw new InvalidValue("there is no " + resource + " on the class path");
            }
            return of(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (ManifestException e) {
            throw new InvalidValue(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base URLs by the name of the environment; {@code production} is one of them. */
    public Map<String, String> environments() {
        return manifest.environments();
    }

    /** What the partner is, in a line; may be empty. */
    public String summary() {
        return manifest.summary();
    }

    @Override
    public PartnerName partner() {
        return manifest.partner();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public AuthScheme authentication() {
        return manifest.authentication();
    }

    @Override
    public List<Limit> limits() {
        return manifest.limits();
    }

    @Override
    public Refusals refusals() {
        return manifest.refusals();
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return Optional.ofNullable(manifest.hooks());
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.ofNullable(manifest.writing()).map(spec -> new RestWriting(manifest, spec));
    }

    @Override
    public List<String> resources() {
        return List.copyOf(manifest.resources().keySet());
    }

    private RestFetch fetch(String name) {
        Resource resource = manifest.resources().get(name);
        if (resource == null) {
            throw new IllegalArgumentException(manifest.partner() + " has no resource " + name);
        }
        return new RestFetch(resource, manifest.headers(), manifest.refusals(), manifest.basePaths());
    }

    @Override
    public Request open(Fetch fetch) {
        return fetch(fetch.resource()).open(fetch);
    }

    @Override
    public Duration pagesLast(String name) {
        Resource resource = manifest.resources().get(name);
        return resource == null ? Resources.PAGES_LAST : resource.pagesLast();
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        return fetch(fetch.resource()).turn(asked, answer);
    }

    @Override
    public Reading read(Payload payload) {
        try {
            return payload.resource() == null ? webhook(payload) : page(payload, payload.resource());
        } catch (InvalidValue e) {
            return Reading.nothing(e.path().isEmpty() ? "$" : e.path(), e.detail());
        }
    }

    @Override
    public Optional<Records> records(Link link, Currency currency, String resource) {
        return Optional.ofNullable(manifest.resources().get(resource))
                .map(each -> manifest.shapes(link, currency).records(each.contents()));
    }

    private Reading webhook(Payload payload) {
        Hooks hooks = manifest.hooks();
        if (hooks == null) {
            throw new InvalidValue("is a webhook, and " + manifest.partner() + " sends none");
        }
        return new HookReading(hooks, payload, shapes(payload)).read();
    }

    private Reading page(Payload payload, String name) {
        Resource resource = manifest.resources().get(name);
        return resource == null
                ? Reading.nothing("$", "is a page of " + name + ", which " + manifest.partner() + " does not have")
                : new DocumentReading(shapes(payload), payload.receivedAt(), "")
                        .page(resource, Documents.object(payload.body()));
    }

    private Shapes shapes(Payload payload) {
        return manifest.shapes(payload.link(), payload.currency());
    }
}
