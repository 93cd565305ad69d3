package dev.tournant.http.server;

import dev.tournant.messages.ChangeStream;
import dev.tournant.messages.Declined;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.Currencies;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;

/** Merchants in one process, by the same rules as the real ones, as far as the HTTP server can tell. */
final class MerchantsInMemory implements Merchants, Directory, ChangeStream {
    /** Answers given instead of the next ones, in order. */
    final ConcurrentLinkedQueue<CompletionStage<MerchantReply>> instead = new ConcurrentLinkedQueue<>();

    /** Questions and commands, in the order in which they came. */
    final ConcurrentLinkedQueue<Object> asked = new ConcurrentLinkedQueue<>();

    /** What the partner of every link holds. */
    volatile List<RemoteRecord> held = List.of();

    volatile boolean complete = true;

    /** Whether no merchant has a place for another follower. */
    volatile boolean crowded;

    private final Set<LinkId> paused = new HashSet<>();
    private final TreeMap<MerchantId, Merchant> all = new TreeMap<>();

    private static final class Merchant {
        MerchantProfile profile;
        long revision;
        long profileRevision;
        final TreeMap<RecordKey, FlatRecord> records = new TreeMap<>();
        final List<Revision> history = new ArrayList<>();
        final SubmissionPublisher<Revision> live = new SubmissionPublisher<>(Runnable::run, 256);

        Merchant(MerchantProfile profile) {
            this.profile = profile;
        }

        void commit(Revision revised) {
            history.add(revised);
            live.submit(revised);
        }
    }

    @Override
    public synchronized CompletionStage<MerchantReply> tell(MerchantId id, MerchantCommand command, Duration within) {
        asked.add(command);
        CompletionStage<MerchantReply> given = instead.poll();
        return given != null ? given : CompletableFuture.completedFuture(decide(id, command));
    }

    @Override
    public synchronized CompletionStage<MerchantReply> ask(MerchantId id, MerchantQuery query, Duration within) {
        asked.add(query);
        CompletionStage<MerchantReply> given = instead.poll();
        return given != null ? given : CompletableFuture.completedFuture(answer(id, query));
    }

    private MerchantReply decide(MerchantId id, MerchantCommand command) {
        if (command instanceof MerchantCommand.SetProfile set) {
            return set(id, set);
        }
        Merchant merchant = all.get(id);
        if (merchant == null) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_MERCHANT, "there is no merchant " + id);
        }
        if (command instanceof MerchantCommand.EditRecord edit) {
            return edit(merchant, edit);
        }
        if (command instanceof MerchantCommand.ControlLink control) {
            return control(merchant, control);
        }
        if (command instanceof MerchantCommand.ReverseConflict reverse) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_CONFLICT, "there is no conflict " + reverse.number());
        }
        throw new IllegalArgumentException("not told over HTTP: " + command);
    }

    private MerchantReply set(MerchantId id, MerchantCommand.SetProfile set) {
        Merchant merchant = all.get(id);
        long at = merchant == null ? 0 : merchant.profileRevision;
        if (set.ifRevision() != null && set.ifRevision() != at) {
            return new MerchantReply.Rejected(Problem.STALE_REVISION, "the profile is at revision " + at);
        }
        boolean created = merchant == null;
        Merchant now = all.computeIfAbsent(id, each -> new Merchant(set.profile()));
        now.profile = set.profile();
        now.profileRevision = ++now.revision;
        now.commit(new Revision(
                now.revision, set.at(), Provenance.API, set.request(), List.of(new Fact.ProfileSet(set.profile()))));
        return new MerchantReply.Done(now.revision, created);
    }

    private static MerchantReply edit(Merchant merchant, MerchantCommand.EditRecord edit) {
        RecordDelta delta = edit.edit();
        FlatRecord old = merchant.records.getOrDefault(delta.key(), FlatRecord.unknown(delta.key()));
        long at = old.isPresent() ? old.revision() : 0;
        if (edit.ifRevision() != at) {
            return new MerchantReply.Rejected(Problem.STALE_REVISION, delta.key() + " is at revision " + at);
        }
        try {
            Currencies.check(delta.fields(), merchant.profile.currency());
        } catch (InvalidValue e) {
            return new MerchantReply.Rejected(Problem.WRONG_CURRENCY, String.valueOf(e.getMessage()));
        }
        return change(merchant, delta, edit, at == 0);
    }

    private static MerchantReply change(
            Merchant merchant, RecordDelta delta, MerchantCommand.EditRecord edit, boolean created) {
        Provenance by = delta.provenance(Provenance.API, edit.request());
        FlatRecord old = merchant.records.getOrDefault(delta.key(), FlatRecord.unknown(delta.key()));
        FlatRecord record = old.after(delta, by, ++merchant.revision);
        merchant.records.put(delta.key(), record);
        merchant.commit(new Revision(
                merchant.revision,
                edit.at(),
                Provenance.API,
                edit.request(),
                List.of(new Fact.RecordsChanged(List.of(delta)))));
        return new MerchantReply.Edited(record, created);
    }

    /** A partner deletes a record. */
    synchronized void delete(MerchantId id, RecordDelta grave, LinkId link) {
        Merchant merchant = all.get(id);
        FlatRecord old = merchant.records.get(grave.key());
        merchant.records.put(grave.key(), old.after(grave, grave.provenance(link, "e1"), ++merchant.revision));
    }

    private MerchantReply answer(MerchantId id, MerchantQuery query) {
        Merchant merchant = all.get(id);
        if (merchant == null) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_MERCHANT, "there is no merchant " + id);
        }
        if (query instanceof MerchantQuery.OneRecord one) {
            return new MerchantReply.OneRecord(merchant.records.get(one.key()), merchant.revision);
        }
        if (query instanceof MerchantQuery.Records records) {
            return page(merchant, records);
        }
        if (query instanceof MerchantQuery.Shown shown) {
            List<FlatRecord> all = merchant.records.values().stream()
                    .filter(FlatRecord::isPresent)
                    .toList();
            return merchant.profile.link(shown.link()).isEmpty()
                    ? noLink(shown.link())
                    : new MerchantReply.Records(all, false, merchant.revision);
        }
        if (query instanceof MerchantQuery.Held) {
            return new MerchantReply.Held(held, false);
        }
        if (query instanceof MerchantQuery.OneLink one) {
            return merchant.profile
                    .link(one.link())
                    .<MerchantReply>map(this::report)
                    .orElseGet(() -> noLink(one.link()));
        }
        if (query instanceof MerchantQuery.Conflicts) {
            return new MerchantReply.Conflicts(List.of());
        }
        if (query instanceof MerchantQuery.Explain explain) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_RECORD, explain.key() + " was never known");
        }
        if (query instanceof MerchantQuery.PreviewLink preview) {
            return noLink(preview.link());
        }
        Map<String, Integer> counts = new HashMap<>();
        merchant.records.keySet().forEach(key -> counts.merge(key.kind().json(), 1, Integer::sum));
        List<MerchantReply.FeedView> feeds = merchant.profile.links().stream()
                .map(link -> new MerchantReply.FeedView(link.id(), "catalog", null, true, null, 7))
                .toList();
        return new MerchantReply.Merchant(
                merchant.profile, merchant.revision, merchant.profileRevision, counts, Tally.ZERO, feeds);
    }

    private static MerchantReply noLink(LinkId link) {
        return new MerchantReply.Rejected(Problem.UNKNOWN_LINK, "the merchant has no link \"" + link + "\"");
    }

    private MerchantReply.LinkReport report(Link link) {
        boolean isPaused = paused.contains(link.id());
        return new MerchantReply.LinkReport(
                link,
                isPaused ? "paused" : "in-step",
                TestServer.NOW,
                isPaused ? "an operator paused it" : "it shows what it should",
                List.of(),
                0,
                List.of(),
                0,
                List.of(),
                0,
                List.of(),
                List.of(),
                null,
                2);
    }

    private MerchantReply control(Merchant merchant, MerchantCommand.ControlLink control) {
        LinkId one = control.link();
        if (one != null && merchant.profile.link(one).isEmpty()) {
            return noLink(one);
        }
        merchant.profile.links().stream()
                .map(Link::id)
                .filter(id -> one == null || one.equals(id))
                .forEach(id -> {
                    if (control.action() == MerchantCommand.ControlLink.Action.PAUSE) {
                        paused.add(id);
                    } else {
                        paused.remove(id);
                    }
                });
        return new MerchantReply.Done(merchant.revision, false);
    }

    private static MerchantReply page(Merchant merchant, MerchantQuery.Records query) {
        @Nullable RecordKey after = query.afterKind() == null ? null : new RecordKey(query.afterKind(), query.after());
        List<FlatRecord> found = merchant.records.values().stream()
                .filter(FlatRecord::isPresent)
                .filter(each -> query.kind() == null || each.key().kind() == query.kind())
                .filter(each -> after == null || each.key().compareTo(after) > 0)
                .limit(query.limit() + 1L)
                .toList();
        boolean more = found.size() > query.limit();
        return new MerchantReply.Records(more ? found.subList(0, query.limit()) : found, more, merchant.revision);
    }

    @Override
    public synchronized Optional<Route> route(LinkId link) {
        return all.entrySet().stream()
                .flatMap(each -> each.getValue().profile.link(link).stream()
                        .map(found -> new Route(
                                each.getKey(), found, each.getValue().profile.currency())))
                .findFirst();
    }

    @Override
    public synchronized List<Route> routes(PartnerName partner, @Nullable String account, @Nullable String location) {
        List<Route> routes = new ArrayList<>();
        all.forEach((merchant, each) -> each.profile.links().forEach(link -> {
            boolean meant = link.partner().equals(partner)
                    && (account == null || link.account().equals(account));
            if (meant && (location == null || location.equals(link.location()))) {
                routes.add(new Route(merchant, link, each.profile.currency()));
            }
        }));
        return routes;
    }

    @Override
    public synchronized List<DirectoryEntry> merchants(@Nullable MerchantId after, int limit) {
        return (after == null ? all : all.tailMap(after, false))
                .entrySet().stream()
                        .limit(limit)
                        .map(each ->
                                new DirectoryEntry(each.getKey(), each.getValue().revision, each.getValue().profile))
                        .toList();
    }

    @Override
    public synchronized int size() {
        return all.size();
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public synchronized CompletionStage<Flow.Publisher<Revision>> after(MerchantId id, long revision) {
        if (crowded) {
            return CompletableFuture.failedFuture(new Declined(Problem.SLOW_DOWN, "64 followers, the most"));
        }
        Merchant merchant = all.get(id);
        List<Revision> past = merchant.history.stream()
                .filter(each -> each.number() > revision)
                .toList();
        SubmissionPublisher<Revision> stream = new SubmissionPublisher<>(Runnable::run, 256);
        return CompletableFuture.completedFuture(subscriber -> {
            synchronized (this) {
                stream.subscribe(subscriber);
                past.forEach(stream::submit);
                merchant.live.consume(stream::submit);
            }
        });
    }
}
