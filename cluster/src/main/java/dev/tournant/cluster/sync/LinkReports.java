package dev.tournant.cluster.sync;

import dev.tournant.messages.MerchantReply.Drift;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.MerchantReply.Quarantined;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a link stands, for people. Pure. */
public final class LinkReports {
    /** As which adapters refuse what their partner has no place for. */
    private static final String UNSUPPORTED = "unsupported";

    private final Scene scene;
    private final Link link;
    private final LinkState state;
    private final LinkHealth health;
    private final List<String> unread;

    /**
     * Of one link.
     *
     * @param unread resources that were never read to the end
     */
    public LinkReports(Scene scene, Link link, List<String> unread) {
        this.scene = scene;
        this.link = link;
        this.state = scene.state(link.id());
        this.health = state.health();
        this.unread = unread;
    }

    public LinkReport report() {
        Map<RecordKey, FieldMap> desired = scene.shown(link).records();
        boolean told = link.direction().writes() && scene.traits(link).scope().isPresent();
        Comparing.Gap gap =
                told ? scene.comparing(link, desired).gap() : new Comparing.Gap(Map.of(), Set.of(), Set.of());
        List<Quarantined> quarantined = new ArrayList<>();
        List<RecordKey> unsupported = new ArrayList<>();
        List<Drift> drifting = new ArrayList<>();
        int there = 0;
        int triedAgain = 0;
        for (Counterpart each : state.counterparts()) {
            there += each.isThere() ? 1 : 0;
            Counterpart.Refusal refusal = each.refusal();
            if (refusal == null || !gap.heldBack().contains(each.key())) {
                drift(each, desired.get(each.key()), drifting);
                continue;
            }
            if (refusal.code().equals(UNSUPPORTED)) {
                unsupported.add(each.key());
            } else {
                quarantined.add(new Quarantined(each.key(), refusal.code(), why(refusal), refusal.at()));
                triedAgain += isTriedAgain(refusal) ? 1 : 0;
            }
            drift(each, desired.get(each.key()), drifting);
        }
        List<String> pending = new ArrayList<>();
        gap.wanted().forEach((key, fields) -> pending.add(key + ": " + names(fields)));
        gap.removed().forEach(key -> pending.add(key + ": to be taken away"));
        int notKept = (int) drifting.stream().filter(each -> each.notKept() > 0).count();
        State now = told ? standing(gap, quarantined.size(), triedAgain, notKept) : readOnly();
        return new LinkReport(
                link,
                now.name,
                now.since,
                now.what,
                first(pending),
                pending.size(),
                first(quarantined),
                quarantined.size(),
                first(unsupported),
                unsupported.size(),
                first(drifting),
                health.jobs().stream().map(LinkHealth.Job::name).toList(),
                health.pushedAt(),
                there);
    }

    /** With what is not known of it, and what happens next. */
    static String why(Counterpart.Refusal refusal) {
        if (!isTriedAgain(refusal)) {
            return refusal.why();
        }
        String what = refusal.of().isEmpty()
                ? "; it should not be there any more"
                : "; the partner said so of a whole job and not of which record, so this one need not be to blame";
        return refusal.why() + what + "; it is tried again by itself, less and less often, "
                + Words.times(Math.max(1, refusal.tries())) + " so far";
    }

    private static boolean isTriedAgain(Counterpart.Refusal refusal) {
        return refusal.tries() > 0 || refusal.of().isEmpty();
    }

    /** Of a record that was deleted: a partner need not take it away. Empty where it has. */
    static String stillThere(LinkState link, RecordKey key) {
        Counterpart mine = link.counterpart(key);
        Counterpart.Refusal refusal = mine == null ? null : mine.refusal();
        return mine == null || refusal == null || !refusal.of().isEmpty() || !mine.isThere()
                ? ""
                : ", and is still on " + link.link() + ": the partner will not take it away, " + refusal.code() + ": "
                        + why(refusal);
    }

    private record State(String name, @Nullable Instant since, String what) {}

    private State readOnly() {
        String why = link.direction().writes()
                ? link.partner() + " takes nothing from us; its adapter only reads"
                : "the link is only read; give it the direction \"both\" or \"write\" for it to be told";
        return new State("read-only", null, why);
    }

    private State standing(Comparing.Gap gap, int quarantined, int triedAgain, int notKept) {
        LinkHealth.Trouble trouble = health.trouble();
        if (health.paused()) {
            return new State("paused", null, "an operator paused it; POST .../resume to go on");
        }
        if (trouble != null && trouble.needsAuthorisation()) {
            return new State(
                    "needs-authorisation",
                    trouble.since(),
                    "the partner wants access to be granted again: " + trouble.why() + "; renew the credentials \""
                            + String.join("\", \"", link.allCredentials()) + "\"");
        }
        if (trouble != null) {
            return new State(
                    "failing",
                    trouble.since(),
                    trouble.why() + "; it is tried again by itself, less and less often, "
                            + Words.times(health.failures()) + " so far");
        }
        if (!unread.isEmpty()) {
            return new State("not-read", null, "waits for the first reading of " + String.join(", ", unread));
        }
        if (!health.jobs().isEmpty()) {
            LinkHealth.Job job = health.jobs().get(0);
            return new State("working", job.began(), "the partner works on " + job.name());
        }
        if (!gap.isEmpty()) {
            return new State(
                    "behind",
                    health.pushedAt(),
                    Words.records(gap.wanted().size() + gap.removed().size()) + " still to be told");
        }
        String but = "it shows what it should";
        but += quarantined == 0
                ? ""
                : ", but for " + Words.records(quarantined)
                        + " that the partner will not have; change them, or POST .../resync to try again";
        but += triedAgain == 0 ? "" : "; " + triedAgain + " of them will be tried again without that";
        but += notKept == 0
                ? ""
                : ", but for " + Words.values(notKept)
                        + " that the partner took and altered; change them, or POST .../resync to tell it again";
        return new State("in-step", health.inStepSince(), but);
    }

    private void drift(Counterpart each, @Nullable FieldMap desired, List<Drift> drifting) {
        if (desired == null) {
            return;
        }
        Set<Field<?>> fields = new LinkedHashSet<>();
        FlatRecord said = each.said();
        for (int i = 0; said != null && i < said.fields().size(); i++) {
            fields.add(said.fields().field(i));
        }
        each.unkept().forEach(unkept -> fields.add(Keeping.field(unkept)));
        View view = scene.view(link.id(), each.key());
        for (Field<?> field : fields) {
            View.Value shown = view.of(field).orElse(null);
            Object should = desired.get(field);
            if (shown != null && !shown.told() && !Objects.equals(shown.value(), should)) {
                Counterpart.Unkept unkept = Keeping.isHeld(each, field, should) ? Keeping.of(each, field) : null;
                drifting.add(new Drift(
                        each.key(),
                        field.name(),
                        json(field, shown.value()),
                        json(field, should),
                        shown.by().event(),
                        shown.by().since().instant(),
                        unkept == null ? 0 : unkept.times()));
            }
        }
    }

    static @Nullable Object json(Field<?> field, @Nullable Object value) {
        return value == null ? null : field.writeAny(value);
    }

    private static String names(FieldMap fields) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            names.add(fields.field(i).name());
        }
        return String.join(", ", names);
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(all.size(), LinkReport.SHOWN_MAX));
    }
}
