package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.messages.Fact;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GeneratedRecords;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.io.NotSerializableException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoredSerializerTest {
    private final StoredSerializer serializer = new StoredSerializer();

    @Property(tries = 100)
    void readsACommitAsItWasWritten(@ForAll("commits") Commit commit) throws NotSerializableException {
        assertThat(serializer.fromBinary(serializer.toBinary(commit), serializer.manifest(commit)))
                .isEqualTo(commit);
    }

    @Property(tries = 50)
    void readsASnapshotAsItWasWritten(@ForAll("snapshots") MerchantSnapshot snapshot) throws NotSerializableException {
        byte[] bytes = serializer.toBinary(snapshot);
        assertThat(serializer.fromBinary(bytes, serializer.manifest(snapshot))).isEqualTo(snapshot);
    }

    @Property(tries = 100)
    void writesTheSameBytesForEqualCommits(@ForAll("commits") Commit commit) throws NotSerializableException {
        byte[] bytes = serializer.toBinary(commit);
        assertThat(serializer.toBinary(serializer.fromBinary(bytes, "commit/2")))
                .isEqualTo(bytes);
    }

    @Example
    void keepsWhatWasSaidAgain() throws Exception {
        StoredSerializer serializer = new StoredSerializer();
        byte[] bytes = serializer.toBinary(StoredValues.WITH_REPETITION);
        assertThat(serializer.fromBinary(bytes, serializer.manifest(StoredValues.WITH_REPETITION)))
                .isEqualTo(StoredValues.WITH_REPETITION);
    }

    @Example
    void refusesWhatANewerVersionWrote() {
        byte[] bytes = serializer.toBinary(Commit.EMPTY);
        assertRefused(bytes, "commit/3", "commit/3 was written by a newer version; this one reads up to 2");
        assertRefused(bytes, "merchant-snapshot/2+deflate", "merchant-snapshot/2 was written by a newer version");
    }

    @Example
    void refusesManifestsThatItDoesNotKnow() {
        byte[] bytes = serializer.toBinary(Commit.EMPTY);
        for (String manifest :
                List.of("", "/", "commit", "commit/", "commit/x", "/2", "commits/2", "COMMIT/2", "commit/2+gzip")) {
            assertRefused(bytes, manifest, "");
        }
        assertRefused(bytes, "commit/0", "commit/0 has no migration");
        assertRefused(bytes, "commit/-1", "commit/-1 has no migration");
    }

    @Example
    void refusesEveryTruncation() {
        for (Stored value : List.of(
                StoredValues.COMMIT_2,
                StoredValues.COMMIT_2_LINKS,
                StoredValues.SNAPSHOT_1,
                StoredValues.GATE_LEDGER_1,
                StoredValues.GATE_LEDGER_1_TOLD)) {
            byte[] whole = serializer.toBinary(value);
            for (int length = 0; length < whole.length - 4; length++) {
                assertRefused(Arrays.copyOf(whole, length), serializer.manifest(value), "");
            }
        }
        byte[] commit = serializer.toBinary(StoredValues.COMMIT_2);
        for (int length = 0; length < commit.length; length++) {
            assertRefused(Arrays.copyOf(commit, length), "commit/2", "");
            assertRefused(Arrays.copyOf(commit, length), "commit/1", "");
        }
    }

    @Property(tries = 500)
    void throwsNothingElseForAnyBytes(@ForAll byte[] bytes, @ForAll("manifests") String manifest) {
        try {
            serializer.fromBinary(bytes, manifest);
        } catch (NotSerializableException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Example
    void storesNothingButItsOwnTypes() {
        assertThatThrownBy(() -> serializer.manifest("text")).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(byte[] bytes, String manifest, String message) {
        assertThatExceptionOfType(NotSerializableException.class)
                .as(manifest)
                .isThrownBy(() -> serializer.fromBinary(bytes, manifest))
                .withMessageStartingWith(message);
    }

    @Provide
    Arbitrary<String> manifests() {
        return Arbitraries.of("commit/1", "commit/2", "merchant-snapshot/1", "merchant-snapshot/1+deflate");
    }

    @Provide
    Arbitrary<Commit> commits() {
        return generated();
    }

    static Arbitrary<Commit> generated() {
        Arbitrary<LinkId> link = Arbitraries.of("api", "sq-1").map(LinkId::new);
        Arbitrary<Instant> at =
                Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<Fact> fact = Arbitraries.oneOf(
                GeneratedRecords.profile().map(Fact.ProfileSet::new),
                GeneratedRecords.delta().list().ofMaxSize(2).map(Fact.RecordsChanged::new));
        Arbitrary<Revision> revision = Combinators.combine(
                        Arbitraries.longs().between(1, 1_000_000),
                        at,
                        link,
                        fact.list().ofMaxSize(2))
                .as((n, when, by, facts) -> new Revision(n, when, by, "e", facts));
        Arbitrary<Commit.Refusal> refusal = Combinators.combine(
                        Arbitraries.longs().between(0, 99),
                        Arbitraries.of(Problem.class).injectNull(0.2),
                        Arbitraries.of(true, false))
                .as((offset, problem, partly) ->
                        new Commit.Refusal(new Position("t", 1, offset), problem, "detail", partly));
        Arbitrary<FeedState> feed = Combinators.combine(
                        link, at.injectNull(0.5), Arbitraries.longs().between(0, 9))
                .as((by, doneAt, n) -> new FeedState(by, "catalog", n > 4 ? "c" : null, n, n / 2, doneAt, null, n == 9))
                .map(each -> each.wanted() % 3 == 0
                        ? each
                        : each.page(
                                each.wanted() % 2 == 0,
                                (int) each.wanted(),
                                Instant.ofEpochMilli(each.wanted()),
                                each.wanted() < 5
                                        ? null
                                        : new FeedState.Place(1, "{}", each.wanted() > 7 ? "r-1" : null)))
                .map(each -> each.wanted() % 4 == 0
                        ? each
                        : each.wanted() % 4 == 1
                                ? each.signalled(Instant.EPOCH)
                                : each.signalled(Instant.EPOCH).want());
        Arbitrary<Commit.Repetition> repetition = Arbitraries.longs()
                .between(1, 9)
                .map(n -> new Commit.Repetition(
                        RecordKey.of(Kind.ITEM, "tea"),
                        new LinkId("sq-1"),
                        "e" + n,
                        new Stamp(n, 0),
                        n,
                        List.of("name")));
        Arbitrary<Tally> tally = Arbitraries.longs().between(0, 5).map(n -> new Tally(n, n / 2, n / 3));
        Arbitrary<Commit> commit = Combinators.combine(
                        revision.list().ofMaxSize(2),
                        Arbitraries.maps(
                                        Arbitraries.of("t/0", "t/1", "t/2", "t/10"),
                                        Arbitraries.longs().between(0, 1_000_000))
                                .ofMaxSize(3),
                        Arbitraries.longs().list().ofMaxSize(3),
                        tally,
                        refusal.list().ofMaxSize(2),
                        feed.list().ofMaxSize(2),
                        Arbitraries.longs().between(0, 1_000_000),
                        repetition.list().ofMaxSize(2))
                .as(Commit::new);
        Arbitrary<Commit> withLinks = Combinators.combine(
                        commit,
                        linkChange().list().ofMaxSize(3),
                        conflict().list().ofMaxSize(2))
                .as(Commit::and);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Commit.EMPTY)),
                net.jqwik.api.Tuple.of(5, commit),
                net.jqwik.api.Tuple.of(5, withLinks));
    }

    private static Arbitrary<Conflict> conflict() {
        return Combinators.combine(Arbitraries.longs().between(1, 99), GeneratedRecords.record(), instant())
                .as((number, record, at) -> new Conflict(number, at, record, record, "latest"));
    }

    private static Arbitrary<Instant> instant() {
        return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
    }

    private static Arbitrary<LinkChange> linkChange() {
        return Combinators.combine(
                        Arbitraries.of("sq-1", "dd-1").map(LinkId::new),
                        counterpart().list().ofMaxSize(2),
                        health().injectNull(0.3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(LinkChange.Again.class).injectNull(0.5),
                        Arbitraries.of("M1", "M2")
                                .map(id -> new LinkChange.Account(new PartnerName("square"), id))
                                .injectNull(0.5))
                .as(LinkChange::new);
    }

    private static Arbitrary<Counterpart> counterpart() {
        Arbitrary<Counterpart.Refusal> refusal =
                instant().map(at -> new Counterpart.Refusal("TOO_LONG", "255 at most", "f", at, at.getNano() % 3));
        return Combinators.combine(
                        Arbitraries.of("tea", "soup").map(id -> RecordKey.of(Kind.ITEM, id)),
                        Arbitraries.of("DD-1", "DD-2").map(RecordId::new).injectNull(0.3),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.of("{}", "{\"id\":1}").injectNull(0.5),
                        GeneratedRecords.record().injectNull(0.5),
                        GeneratedRecords.record().injectNull(0.5),
                        refusal.injectNull(0.5),
                        Arbitraries.of("f1", "f2").injectNull(0.5))
                .as((key, theirs, version, document, told, said, no, seen) -> new Counterpart(
                        key,
                        theirs,
                        version,
                        document,
                        told,
                        said,
                        no,
                        seen,
                        version % 2 == 0 ? null : new Provenance(new LinkId("sq-1"), "e9", new Stamp(9, 1), version),
                        version % 3 == 0 ? null : RecordDelta.set(key, new Stamp(9, 0), 0, FieldMap.EMPTY),
                        told == null || said == null
                                ? List.of()
                                : List.of(new Counterpart.Unkept("name", told, said, 2, version % 2 == 0))));
    }

    private static Arbitrary<LinkHealth> health() {
        Arbitrary<LinkHealth.Trouble> trouble = Combinators.combine(Arbitraries.of(true, false), instant())
                .as((needs, since) -> new LinkHealth.Trouble(needs, "HTTP 401", since));
        Arbitrary<LinkHealth.Job> job = Combinators.combine(
                        instant(), GeneratedRecords.delta().list().ofMaxSize(2))
                .as((began, deltas) -> new LinkHealth.Job(
                        "job-1",
                        began,
                        deltas.stream()
                                .map(delta -> new LinkHealth.Told(delta, "f"))
                                .toList()));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 9),
                        Arbitraries.of("catalog").injectNull(0.5),
                        trouble.injectNull(0.5),
                        Arbitraries.integers().between(0, 3),
                        job.list().ofMaxSize(2),
                        instant().injectNull(0.5),
                        instant().injectNull(0.5))
                .as((paused, epoch, again, why, failures, jobs, inStep, pushed) -> new LinkHealth(
                        paused,
                        epoch,
                        again,
                        why,
                        failures,
                        jobs,
                        inStep,
                        pushed,
                        epoch % 2 == 1,
                        pushed == null
                                ? List.of()
                                : List.of(new LinkHealth.End(
                                        "job-2", PushOutcome.readAgain("catalog", "half"), pushed))));
    }

    @Provide
    Arbitrary<MerchantSnapshot> snapshots() {
        return Combinators.combine(
                        generated(),
                        GeneratedRecords.profile().injectNull(0.2),
                        GeneratedRecords.stamp(),
                        GeneratedRecords.record().list().ofMaxSize(3))
                .as((commit, profile, clock, records) -> new MerchantSnapshot(
                        profile,
                        commit.published(),
                        1,
                        9,
                        clock,
                        records,
                        commit.marks(),
                        commit.seen(),
                        commit.tally(),
                        commit.refusals(),
                        commit.feeds(),
                        commit.revisions(),
                        commit.seen(),
                        commit.links(),
                        commit.conflicts(),
                        commit.published() % 2 == 0 ? null : new Anew(RecordKey.of(Kind.ITEM, "tea"), false),
                        commit.links()));
    }
}
