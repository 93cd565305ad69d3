package dev.tournant.cluster.sync;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkHealth;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a link should show with what it shows. Pure, and level-triggered: it asks what is, never how it came
 * about, so that whatever was lost on the way is mended by the next comparison.
 */
public final class Comparing {
    private final Traits traits;
    private final LinkState link;
    private final Map<RecordKey, FieldMap> desired;
    private final Function<RecordKey, @Nullable FlatRecord> records;
    private final Predicate<Counterpart.Refusal> isDue;
    private final @Nullable Instant now;
    private final Grounds grounds;

    /**
     * A link and what there is.
     *
     * @param desired what the link should show, by the merchant's keys
     * @param records the merchant's, by key; null for none
     */
    public Comparing(
            Traits traits,
            LinkState link,
            Map<RecordKey, FieldMap> desired,
            Function<RecordKey, @Nullable FlatRecord> records) {
        this(traits, link, desired, records, refusal -> false, null);
    }

    private Comparing(
            Traits traits,
            LinkState link,
            Map<RecordKey, FieldMap> desired,
            Function<RecordKey, @Nullable FlatRecord> records,
            Predicate<Counterpart.Refusal> isDue,
            @Nullable Instant now) {
        this.traits = traits;
        this.link = link;
        this.desired = desired;
        this.records = records;
        this.isDue = isDue;
        this.now = now;
        this.grounds = new Grounds(isToldWhole(), link, desired, this::view);
    }

    /** The same at a time at which some of what was refused is to be tried again. */
    public Comparing at(Instant now, Retries retries) {
        return new Comparing(traits, link, desired, records, refusal -> retries.isDue(refusal, now), now);
    }

    /** The same at a time at which some pauses have ended at the partner by themselves. */
    Comparing asOf(Instant now) {
        return new Comparing(traits, link, desired, records, isDue, now);
    }

    /**
     * How a link stands.
     *
     * @param wanted fields that are to be told
     * @param removed records that are to be taken away
     * @param heldBack records that differ and that the partner has refused or works on, or of which is not known what it calls
     *     them
     */
    public record Gap(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed, Set<RecordKey> heldBack) {
        public boolean isEmpty() {
            return wanted.isEmpty() && removed.isEmpty();
        }
    }

    public Gap gap() {
        Map<RecordKey, FieldMap> wanted = new TreeMap<>();
        Set<RecordKey> removed = new TreeSet<>();
        Set<RecordKey> heldBack = new TreeSet<>();
        Set<RecordKey> underWay = underWay();
        desired.forEach((key, fields) -> {
            FieldMap differing = isDoubted() || isInDoubt(key) ? fields : differing(key, fields);
            if (differing.isEmpty()) {
                return;
            }
            if (underWay.contains(key) || isUnread(key, fields) || isRefused(key, fields)) {
                heldBack.add(key);
            } else {
                wanted.put(key, differing);
            }
        });
        for (Counterpart each : link.counterparts()) {
            boolean isLeft = isOurs(each) && !desired.containsKey(each.key()) && traits.takesRecords();
            if (isLeft && (underWay.contains(each.key()) || isKept(each))) {
                heldBack.add(each.key());
            } else if (isLeft) {
                removed.add(each.key());
            }
        }
        return new Gap(wanted, removed, heldBack);
    }

    /**
     * Whether no more is known of it than what the partner said by the way, as that it is sold out: until the object was read it
     * cannot be told from one that is to be made.
     */
    private boolean isUnread(RecordKey key, FieldMap fields) {
        Counterpart mine = link.counterpart(key);
        boolean isKnown = mine != null && (mine.theirs() != null || mine.told() != null);
        return traits.takesRecords()
                && !isKnown
                && Shown.isNameless(key, fields)
                && view(key).isThere();
    }

    /** That it was taken away was refused; of values that were, none is wanted any more. */
    private boolean isKept(Counterpart each) {
        Counterpart.Refusal refusal = each.refusal();
        return refusal != null && refusal.of().isEmpty() && !isDue.test(refusal);
    }

    /** Not what the partner has of its own, nor what the adapter makes up to hold what is ours. */
    private boolean isOurs(Counterpart each) {
        boolean known = each.told() != null || records.apply(each.key()) != null;
        return each.isThere() && known;
    }

    /** Only the adapter can tell what is in a whole document, as it plans. */
    private boolean isDoubted() {
        return link.health().doubted() && isToldWhole();
    }

    /** Whoever refused a record in a whole document need not show what it took before. */
    private boolean isInDoubt(RecordKey key) {
        Counterpart mine = link.counterpart(key);
        return mine != null && mine.refusal() != null && isToldWhole();
    }

    private boolean isToldWhole() {
        return traits.scope().filter(scope -> scope == Writing.Scope.WHOLE).isPresent();
    }

    private Set<RecordKey> underWay() {
        Set<RecordKey> keys = new HashSet<>();
        for (LinkHealth.Job job : link.health().jobs()) {
            for (LinkHealth.Told told : job.told()) {
                keys.add(told.delta().key());
            }
        }
        return keys;
    }

    /** Of all by which the partner may refuse a record. */
    public String fingerprint(RecordKey key, FieldMap fields) {
        return grounds.fingerprint(key, fields);
    }

    private boolean isRefused(RecordKey key, FieldMap fields) {
        Counterpart mine = link.counterpart(key);
        Counterpart.Refusal refusal = mine == null ? null : mine.refusal();
        return refusal != null && refusal.of().equals(fingerprint(key, fields)) && !isDue.test(refusal);
    }

    /**
     * Why the partner will not have a record as it should be now, or will not take it away; null where what it refused is
     * something else by now.
     */
    Counterpart.@Nullable Refusal refusal(RecordKey key) {
        Counterpart mine = link.counterpart(key);
        Counterpart.Refusal refusal = mine == null ? null : mine.refusal();
        FieldMap fields = desired.get(key);
        boolean stands = refusal != null && refusal.of().equals(fields == null ? "" : fingerprint(key, fields));
        return stands ? refusal : null;
    }

    private View view(RecordKey key) {
        FlatRecord record = records.apply(key);
        return new View(link.link(), record == null ? FlatRecord.unknown(key) : record, link.counterpart(key));
    }

    /** The fields that the link should be told of one record: of one that is not there all that have a value. */
    private FieldMap differing(RecordKey key, FieldMap fields) {
        View shown = view(key);
        boolean isThere = shown.isThere();
        boolean isOverThere = now != null && Pauses.isOverThere(shown, now);
        FieldMap.Builder differing = FieldMap.builder(key.kind());
        if (!isThere && !traits.takesRecords() && key.kind() != Kind.STORE) {
            return differing.build();
        }
        for (int i = 0; i < fields.size(); i++) {
            Field<?> field = fields.field(i);
            Object value = fields.value(i);
            Object there = isThere ? shown.of(field).map(Comparing::value).orElse(null) : null;
            boolean isEnded = isThere && isOverThere && Pauses.isAbout(field);
            boolean isShown = isThere ? Alike.are(field, isEnded ? null : there, value) : value == null;
            boolean comesLater = !isThere && traits.takesLater(field);
            boolean isKeptOtherwise = isThere && Keeping.isHeld(link.counterpart(key), field, value);
            if (traits.takes(field) && !comesLater && !isShown && !isKeptOtherwise) {
                differing.put(field, value);
            }
        }
        toldOnce(key, fields).forEach(field -> differing.put(field, null));
        return withAllOfOff(differing.build(), OffSale.inPlaceOf(traits.off(), fields, shown));
    }

    /**
     * That an item is off sale is told whole: where any of what says so there is to be told, all of it. Its count by itself would
     * put it on sale.
     */
    private FieldMap withAllOfOff(FieldMap differing, FieldMap inPlace) {
        FieldMap.Builder told = FieldMap.builder(Kind.ITEM);
        for (int i = 0; i < inPlace.size(); i++) {
            if (traits.takes(inPlace.field(i))) {
                told.put(inPlace.field(i), inPlace.value(i));
            }
        }
        FieldMap off = inPlace.isEmpty() ? inPlace : traits.off();
        for (int i = 0; i < off.size(); i++) {
            if (differing.has(off.field(i))) {
                return differing.with(told.build());
            }
        }
        return differing;
    }

    /** Fields that were told and that there is nothing to say of any more, as of a record that came back without them. */
    private List<Field<?>> toldOnce(RecordKey key, FieldMap fields) {
        Counterpart mine = link.counterpart(key);
        FlatRecord told = mine == null ? null : mine.told();
        List<Field<?>> once = new ArrayList<>();
        for (int i = 0; told != null && i < told.fields().size(); i++) {
            Field<?> field = told.fields().field(i);
            if (!fields.has(field)
                    && traits.takes(field)
                    && !Alike.are(field, told.fields().value(i), null)) {
                once.add(field);
            }
        }
        return once;
    }

    private static @Nullable Object value(View.Value shown) {
        return shown.value();
    }

    /** What the partner holds, by our keys. */
    public Map<RecordKey, Remote> remotes() {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        for (Counterpart each : link.counterparts()) {
            if (each.theirs() != null) {
                String json = each.document();
                remotes.put(
                        each.key(),
                        new Remote(
                                each.theirs(),
                                each.version(),
                                json == null ? null : Documents.object(json.getBytes(StandardCharsets.UTF_8))));
            }
        }
        return remotes;
    }

    /**
     * With {@link Writing.Scope#WHOLE}, all that there should be. Of what the partner has refused, what it had before.
     */
    public Map<RecordKey, FieldMap> whole() {
        if (!isToldWhole()) {
            return Map.of();
        }
        Map<RecordKey, FieldMap> whole = new TreeMap<>();
        desired.forEach((key, fields) -> {
            Counterpart mine = link.counterpart(key);
            if (!isRefused(key, fields)) {
                whole.put(key, fields);
            } else if (mine != null && mine.told() != null) {
                whole.put(key, mine.told().fields());
            }
        });
        return whole;
    }

    public Set<String> pending() {
        Set<String> names = new TreeSet<>();
        link.health().jobs().forEach(job -> names.add(job.name()));
        return names;
    }
}
