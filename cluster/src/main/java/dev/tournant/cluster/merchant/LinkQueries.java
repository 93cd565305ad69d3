package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Explaining;
import dev.tournant.cluster.sync.LinkReports;
import dev.tournant.cluster.sync.Scene;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.Crossed;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.MerchantReply.Said;
import dev.tournant.messages.Problem;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a merchant answers about its links: pure functions of its committed state. */
final class LinkQueries {
    private final MerchantState state;
    private final long messageBytesMax;
    private final Scene scene;

    LinkQueries(
            MerchantState state,
            MerchantProfile profile,
            Map<PartnerName, Traits> partners,
            long messageBytesMax,
            Instant at) {
        this.state = state;
        this.messageBytesMax = messageBytesMax;
        this.scene = new Scene(profile, partners, state.links(), state.records().all(), state.records()::get, at);
    }

    MerchantReply answer(MerchantQuery query) {
        if (query instanceof MerchantQuery.Explain explain) {
            return explain(explain);
        }
        if (query instanceof MerchantQuery.Conflicts) {
            return conflicts();
        }
        LinkId id = link(query);
        Link link = scene.profile().link(id).orElse(null);
        if (link == null) {
            return unknown(id);
        }
        return query instanceof MerchantQuery.OneLink
                ? report(link)
                : new LinkContents(state, scene.profile(), link, messageBytesMax).answer(query);
    }

    private static LinkId link(MerchantQuery query) {
        if (query instanceof MerchantQuery.OneLink one) {
            return one.link();
        }
        if (query instanceof MerchantQuery.Held held) {
            return held.link();
        }
        if (query instanceof MerchantQuery.Shown shown) {
            return shown.link();
        }
        return ((MerchantQuery.PreviewLink) query).link();
    }

    private static MerchantReply unknown(LinkId id) {
        return new MerchantReply.Rejected(Problem.UNKNOWN_LINK, "the merchant has no link \"" + id + "\"");
    }

    private LinkReport report(Link link) {
        List<String> unread = state.feeds().values().stream()
                .filter(feed -> feed.link().equals(link.id()) && feed.doneAt() == null)
                .map(FeedState::resource)
                .sorted()
                .toList();
        return new LinkReports(scene, link, unread).report();
    }

    private MerchantReply explain(MerchantQuery.Explain query) {
        RecordKey key = query.key();
        FlatRecord record = state.records().get(key);
        if (record == null) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_RECORD, key + " was never known");
        }
        LinkId id = query.link();
        Link link = id == null ? null : scene.profile().link(id).orElse(null);
        if (id != null && link == null) {
            return unknown(id);
        }
        try {
            return new Explaining(scene, record, link, link == null ? null : report(link), query.at())
                    .explain(query.field());
        } catch (InvalidValue e) {
            return new MerchantReply.Rejected(Problem.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    private MerchantReply conflicts() {
        List<Crossed> all = new ArrayList<>();
        for (Conflict each : state.conflicts()) {
            all.add(
                    0,
                    new Crossed(
                            each.number(),
                            each.at(),
                            each.won().key(),
                            each.won().fields().field(0).name(),
                            said(each.won()),
                            said(each.lost()),
                            each.rule()));
        }
        return new MerchantReply.Conflicts(all);
    }

    private static Said said(FlatRecord one) {
        Field<?> field = one.fields().field(0);
        @Nullable Object value = one.fields().value(0);
        Provenance by = one.provenances().get(0);
        return new Said(
                value == null ? null : field.writeAny(value),
                by.link(),
                by.event(),
                by.since().instant(),
                by.version(),
                false);
    }
}
