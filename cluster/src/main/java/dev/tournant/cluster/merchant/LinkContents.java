package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Preview;
import dev.tournant.cluster.sync.Projecting;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Presence;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is on one link: what the partner holds, what it should show, and what it would. Pure. */
final class LinkContents {
    /** A value that the projection alone gives. */
    private static final Provenance PROJECTED = new Provenance(Provenance.API, "projection", Stamp.ZERO, 0);

    private final MerchantState state;
    private final MerchantProfile profile;
    private final Link link;
    private final long messageBytesMax;

    LinkContents(MerchantState state, MerchantProfile profile, Link link, long messageBytesMax) {
        this.state = state;
        this.profile = profile;
        this.link = link;
        this.messageBytesMax = messageBytesMax;
    }

    MerchantReply answer(MerchantQuery query) {
        if (query instanceof MerchantQuery.Held held) {
            return held(held.after());
        }
        if (query instanceof MerchantQuery.Shown shown) {
            return shown(shown.after());
        }
        return preview(((MerchantQuery.PreviewLink) query).proposed());
    }

    private MerchantReply held(@Nullable RecordKey after) {
        List<RemoteRecord> held = new ArrayList<>();
        long weight = 0;
        for (Counterpart each : state.link(link.id()).counterparts()) {
            boolean past = after != null && each.key().compareTo(after) <= 0;
            if (each.theirs() != null && !past) {
                String document = each.document();
                weight += document == null ? 0 : document.length();
                boolean full = held.size() == MerchantQuery.Records.LIMIT_MAX || weight > messageBytesMax;
                if (full && !held.isEmpty()) {
                    return new MerchantReply.Held(held, true);
                }
                held.add(new RemoteRecord(each.key(), each.theirs(), each.version(), document));
            }
        }
        return new MerchantReply.Held(held, false);
    }

    private MerchantReply shown(@Nullable RecordKey after) {
        List<FlatRecord> found = new ArrayList<>();
        Projecting.of(link, profile.currency())
                .shown(state.records().all())
                .records()
                .forEach((key, fields) -> {
                    boolean past = after != null && key.compareTo(after) <= 0;
                    FlatRecord record = state.records().get(key);
                    if (!past && record != null && found.size() <= MerchantQuery.Records.LIMIT_MAX) {
                        found.add(with(record, fields));
                    }
                });
        int taken = MerchantQueries.fitting(found, MerchantQuery.Records.LIMIT_MAX, messageBytesMax);
        return new MerchantReply.Records(found.subList(0, taken), taken < found.size(), state.revision());
    }

    private static FlatRecord with(FlatRecord record, FieldMap fields) {
        if (fields.equals(record.fields())) {
            return record;
        }
        List<Provenance> from = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            from.add(record.provenance(fields.field(i)).orElse(PROJECTED));
        }
        return FlatRecord.stored(record.key(), record.revision(), Presence.PRESENT, null, fields, from);
    }

    private MerchantReply preview(Projection proposed) {
        try {
            proposed.check(profile.currency());
        } catch (InvalidValue e) {
            return new MerchantReply.Rejected(Problem.WRONG_CURRENCY, String.valueOf(e.getMessage()));
        }
        Preview preview = Preview.of(link, profile.currency(), state.records().all(), link.projection(), proposed);
        List<MerchantReply.Differs> differences = preview.differences().stream()
                .map(each -> new MerchantReply.Differs(
                        each.key(),
                        each.field(),
                        each.merchant(),
                        each.now(),
                        each.then(),
                        each.why().toString()))
                .toList();
        return new MerchantReply.LinkPreview(differences, preview.total());
    }
}
