package dev.tournant.cluster.sync;

import dev.tournant.messages.MerchantReply.FieldStory;
import dev.tournant.messages.MerchantReply.NotKept;
import dev.tournant.messages.MerchantReply.Said;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of each field of a record, here and on a channel: who said it, by which rule it holds, and what was overruled. Pure. */
final class Stories {
    private final Scene scene;
    private final RecordKey key;
    private final FlatRecord record;
    private final @Nullable Link link;
    private final @Nullable Shown shown;

    /**
     * About one record.
     *
     * @param link the channel; null for the merchant itself
     * @param shown what that should show; null without one
     */
    Stories(Scene scene, FlatRecord record, @Nullable Link link, @Nullable Shown shown) {
        this.scene = scene;
        this.key = record.key();
        this.record = record;
        this.link = link;
        this.shown = shown;
    }

    /** Whether there is anything to say of it. */
    boolean isKnown(Field<?> field) {
        return record.provenance(field).isPresent()
                || (link != null && scene.view(link.id(), key).of(field).isPresent());
    }

    FieldStory of(Field<?> field) {
        Claim current = View.in(record, field);
        View.Value reported =
                link == null ? null : scene.view(link.id(), key).of(field).orElse(null);
        FieldMap desired = shown == null ? null : shown.records().get(key);
        Object should = desired == null ? null : desired.get(field);
        return new FieldStory(
                field.name(),
                current == null ? null : said(field, current, false),
                Rulebook.text(scene.rules().of(field)),
                LinkReports.json(field, should),
                because(field),
                reported == null ? null : said(field, new Claim(reported.value(), reported.by()), reported.told()),
                overruled(field),
                notKept(field, should));
    }

    /** Only where that is still what the link should show. */
    private @Nullable NotKept notKept(Field<?> field, @Nullable Object should) {
        Counterpart.Unkept unkept =
                link == null ? null : Keeping.of(scene.state(link.id()).counterpart(key), field);
        if (unkept == null || unkept.times() == 0 || !Alike.are(field, Keeping.told(unkept, field), should)) {
            return null;
        }
        return new NotKept(
                LinkReports.json(field, Keeping.told(unkept, field)),
                LinkReports.json(field, Keeping.shown(unkept, field)),
                unkept.times(),
                unkept.held(),
                Keeping.toldBy(unkept, field).stamp().instant());
    }

    private String because(Field<?> field) {
        if (shown == null) {
            return "";
        }
        Why left = shown.whyLeftOut(key);
        if (left != null) {
            return "the record is not on this channel: " + left;
        }
        Why why = shown.why(key, field);
        return why.cause() == Why.Cause.OWN ? "" : why.toString();
    }

    private List<Said> overruled(Field<?> field) {
        List<Said> all = new ArrayList<>();
        scene.links().forEach((id, state) -> {
            Counterpart each = state.counterpart(key);
            FlatRecord values = each == null ? null : each.said();
            Claim claim = values == null ? null : View.in(values, field);
            if (claim != null) {
                all.add(said(field, claim, false));
            }
        });
        return all;
    }

    private static Said said(Field<?> field, Claim claim, boolean told) {
        return new Said(
                LinkReports.json(field, claim.value()),
                claim.by().link(),
                claim.by().event(),
                claim.by().since().instant(),
                claim.by().version(),
                told);
    }
}
