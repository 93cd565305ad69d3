package dev.tournant.conformance;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.Writing;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of one check: asks the adapter, and turns what it throws into a finding that names the document. */
final class Trial {
    private static final Set<Capability> READS =
            EnumSet.of(Capability.READ_CATALOGUE, Capability.READ_STOCK, Capability.READ_STORE);

    private final Subject subject;
    private final Effort effort;
    private final Random random;
    private final String nonce;
    private int cases;

    Trial(Subject subject, Effort effort, String check) {
        this.subject = subject;
        this.effort = effort;
        // Of its own for each check, so that a new check does not change what the others try.
        this.random = new Random(effort.seed() * 31 + check.hashCode());
        this.nonce = "kit-" + Long.toHexString(subject.at().toEpochMilli()) + "-" + Long.toHexString(random.nextLong());
    }

    Subject subject() {
        return subject;
    }

    Effort effort() {
        return effort;
    }

    Random random() {
        return random;
    }

    String nonce() {
        return nonce;
    }

    Adapter adapter() {
        return subject.adapter();
    }

    Link link() {
        return subject.link();
    }

    boolean can(Capability capability) {
        return adapter().capabilities().contains(capability);
    }

    /** Whether the partner says nothing about records itself: what it holds is what it was told. */
    boolean isOnlyTold() {
        return adapter().writing().isPresent() && READS.stream().noneMatch(this::can);
    }

    /** Notes that something was tried. */
    void count() {
        cases++;
    }

    int cases() {
        return cases;
    }

    /** Whether there is room for another generated case. */
    boolean more() {
        return cases < effort.casesMax();
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    Writing writing() {
        return adapter().writing().orElseThrow(() -> new NothingToCheck("nothing can be written to this partner"));
    }

    Reading read(Sample sample) {
        return read(sample, subject.at());
    }

    /** Of a webhook that is sent for many accounts, the parts that are about ours. */
    Reading read(Sample sample, Instant at) {
        return guarded(sample, "read", () -> {
            if (sample.resource() != null || adapter().webhooks().isEmpty()) {
                return adapter().read(payload(sample, at, sample.body()));
            }
            List<Webhooks.Part> parts;
            try {
                parts = adapter().webhooks().get().parts(sample.body());
            } catch (InvalidValue nobody) {
                return Reading.nothing(nobody.path().isEmpty() ? "$" : nobody.path(), nobody.detail());
            }
            if (parts.isEmpty()) {
                return adapter().read(payload(sample, at, sample.body()));
            }
            return parts.stream()
                    .filter(part -> part.isFor(link()))
                    .map(part -> adapter().read(payload(sample, at, part.body())))
                    .reduce(Trial::both)
                    .orElseGet(() -> Reading.nothing("$", "is about none of our accounts"));
        });
    }

    private Payload payload(Sample sample, Instant at, byte[] body) {
        return new Payload(link(), subject.currency(), sample.resource(), at, body);
    }

    private static Reading both(Reading one, Reading other) {
        return new Reading(
                joined(one.events(), other.events()),
                joined(one.unreadable(), other.unreadable()),
                joined(one.jobs(), other.jobs()),
                joined(one.covers(), other.covers()));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** What a document says of each record; of several statements about one, the last. */
    Map<RecordKey, RecordDelta> records(Sample sample) {
        return records(read(sample));
    }

    static Map<RecordKey, RecordDelta> records(Reading reading) {
        Map<RecordKey, RecordDelta> found = new LinkedHashMap<>();
        reading.events().forEach(event -> event.deltas().forEach(delta -> found.put(delta.key(), delta)));
        return found;
    }

    Request open(Fetch fetch) {
        Sample none =
                Sample.of("no document: the first request for " + fetch.resource(), fetch.resource(), new byte[0]);
        return guarded(none, "open", () -> adapter().open(fetch));
    }

    Answer answer(int status, Sample sample) {
        return new Answer(status, sample.headers(), sample.body(), subject.at());
    }

    Turn turn(Fetch fetch, Request asked, Sample page) {
        return turn(fetch, asked, answer(200, page), page);
    }

    Turn turn(Fetch fetch, Request asked, Answer answer, Sample about) {
        return guarded(about, "turn", () -> adapter().turn(fetch, asked, answer));
    }

    Map<RecordKey, Remote> seen(Sample page) {
        return guarded(
                page,
                "seen",
                () -> writing()
                        .seen(new Payload(link(), subject.currency(), page.resource(), subject.at(), page.body())));
    }

    Plan plan(Difference difference) {
        return guarded(told(difference), "plan", () -> writing().plan(difference));
    }

    private static Sample told(Difference difference) {
        String wanted = "wanted " + difference.wanted() + ", removed " + difference.removed();
        return Sample.of("no document: a difference to tell", null, wanted.getBytes(StandardCharsets.UTF_8));
    }

    Result result(Call call, Answer answer, String document) {
        Sample about = Sample.of(document, null, answer.body());
        return guarded(about, "Writing.read", () -> writing().read(call, answer));
    }

    <T> T guarded(Sample about, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (Broken | NothingToCheck ours) {
            throw ours;
        } catch (RuntimeException | StackOverflowError thrown) {
            throw broken(
                    about, "$", what + " " + told(thrown) + ". It has to report what it cannot understand instead");
        }
    }

    static Broken broken(Sample sample, Object path, String why) {
        return new Broken(
                new Finding(sample.name(), path.toString(), why, new String(sample.body(), StandardCharsets.UTF_8)));
    }

    /** What was thrown, and where in the adapter. */
    static String told(Throwable thrown) {
        @Nullable StackTraceElement where = null;
        for (StackTraceElement each : thrown.getStackTrace()) {
            if (!each.getClassName().startsWith("java.") && !each.getClassName().startsWith("jdk.")) {
                where = each;
                break;
            }
        }
        return "threw " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage()
                + (where == null ? "" : " at " + where);
    }
}
