package dev.tournant.cluster.sync;

import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.LinkHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.TreeMap;
import scala.math.Ordering;

/**
 * All that a merchant knows of one link: what the partner has of each record, and how the link is. Immutable; a change
 * shares all but a few nodes with what was before.
 */
public final class LinkState {
    private static final Ordering<RecordKey> ORDER =
            Ordering.comparatorToOrdering(Comparator.<RecordKey>naturalOrder());

    private final LinkId link;
    private final LinkHealth health;
    private final TreeMap<RecordKey, Counterpart> counterparts;
    /** Ours, by the partner's name, where the two differ. */
    private final TreeMap<RecordKey, RecordId> ours;
    /** How many records are being made there, or may have been. */
    private final int telling;

    private LinkState(
            LinkId link,
            LinkHealth health,
            TreeMap<RecordKey, Counterpart> counterparts,
            TreeMap<RecordKey, RecordId> ours,
            int telling) {
        this.link = link;
        this.health = health;
        this.counterparts = counterparts;
        this.ours = ours;
        this.telling = telling;
    }

    /** A link of which nothing is known. */
    public static LinkState of(LinkId link) {
        return new LinkState(link, LinkHealth.NEW, new TreeMap<>(ORDER), new TreeMap<>(ORDER), 0);
    }

    public LinkId link() {
        return link;
    }

    public LinkHealth health() {
        return health;
    }

    public @Nullable Counterpart counterpart(RecordKey key) {
        return counterparts.getOrElse(key, () -> null);
    }

    public List<Counterpart> counterparts() {
        List<Counterpart> all = new ArrayList<>(counterparts.size());
        Iterator<Counterpart> each = counterparts.valuesIterator();
        while (each.hasNext()) {
            all.add(each.next());
        }
        return all;
    }

    /** Whether it is being told something, or may have been without our hearing of it. */
    public boolean isTelling() {
        return telling > 0;
    }

    /** Records that are being made there, or may have been without our hearing of it. */
    public List<Counterpart> telling() {
        if (telling == 0) {
            return List.of();
        }
        return counterparts().stream().filter(each -> each.telling() != null).toList();
    }

    /**
     * Our id of a record that the partner calls so. One that it calls as we call another one, which it knows under a name of
     * its own, is none of ours and gets an id that tells the two apart; always the same.
     */
    public RecordId ours(RecordKey theirs) {
        return ours(theirs, key -> false);
    }

    /**
     * The same where records of ours may be called so that have nothing to do with this link.
     *
     * @param isNamesake whether that is such a one
     */
    public RecordId ours(RecordKey theirs, Predicate<RecordKey> isNamesake) {
        return ours.getOrElse(theirs, () -> apart(theirs, isNamesake));
    }

    /** Our id of a record that the partner calls so and we call otherwise, as this link knows it; empty for any other. */
    public Optional<RecordId> knownAs(RecordKey theirs) {
        return Optional.ofNullable(ours.getOrElse(theirs, () -> null));
    }

    /** Our id of a record that the partner is known to have under that name; empty for any other. */
    public Optional<RecordId> named(RecordKey theirs) {
        return knownAs(theirs)
                .or(() -> Optional.ofNullable(counterpart(theirs))
                        .map(Counterpart::theirs)
                        .filter(theirs.id()::equals));
    }

    /** What the partner is known to have, by its names, and nothing else of it. */
    public List<Counterpart> names() {
        List<Counterpart> names = new ArrayList<>();
        for (Counterpart each : counterparts()) {
            RecordKey key = each.key();
            RecordId theirs = each.theirs();
            if (theirs != null
                    && named(new RecordKey(key.kind(), theirs))
                            .filter(key.id()::equals)
                            .isPresent()) {
                names.add(Counterpart.of(key).held(theirs, 0, null));
            }
        }
        return names;
    }

    private RecordId apart(RecordKey theirs, Predicate<RecordKey> isNamesake) {
        RecordId id = theirs.id();
        for (int i = 0;
                isAnothers(theirs.kind(), id, theirs.id()) || isNamesake.test(new RecordKey(theirs.kind(), id));
                i++) {
            String name = theirs.id() + "~" + link + (i == 0 ? "" : "~" + i);
            id = new RecordId(name.length() <= RecordId.CHARS_MAX ? name : Fingerprint.of(name));
        }
        return id;
    }

    /** Whether we call so what the partner calls otherwise. */
    private boolean isAnothers(Kind kind, RecordId ourId, RecordId theirId) {
        Counterpart known = counterpart(new RecordKey(kind, ourId));
        RecordId name = known == null ? null : known.theirs();
        return name != null && !name.equals(theirId);
    }

    /** Whether the partner calls every record as we do. */
    public boolean callsAllAlike() {
        return ours.isEmpty();
    }

    public LinkState after(LinkChange change) {
        TreeMap<RecordKey, Counterpart> parts = change.again() == null ? counterparts : again(change.again());
        TreeMap<RecordKey, RecordId> names = ours;
        int making = telling;
        for (Counterpart now : change.counterparts()) {
            Counterpart before = parts.getOrElse(now.key(), () -> null);
            names = renamed(names, before, now);
            making += (now.telling() == null ? 0 : 1) - (before == null || before.telling() == null ? 0 : 1);
            parts = now.isEmpty() ? parts.removed(now.key()) : parts.updated(now.key(), now);
        }
        LinkHealth then = change.health() == null ? health : change.health();
        return new LinkState(link, then, parts, names, making);
    }

    private TreeMap<RecordKey, Counterpart> again(LinkChange.Again again) {
        TreeMap<RecordKey, Counterpart> parts = counterparts;
        for (Counterpart each : counterparts()) {
            Counterpart now = again.of(each);
            if (!now.equals(each)) {
                parts = now.isEmpty() ? parts.removed(each.key()) : parts.updated(each.key(), now);
            }
        }
        return parts;
    }

    private static TreeMap<RecordKey, RecordId> renamed(
            TreeMap<RecordKey, RecordId> names, @Nullable Counterpart before, Counterpart now) {
        RecordId was = before == null ? null : before.theirs();
        RecordId is = now.theirs();
        if (Objects.equals(was, is)) {
            return names;
        }
        Kind kind = now.key().kind();
        TreeMap<RecordKey, RecordId> all = names;
        boolean isMine = was != null
                && all.getOrElse(new RecordKey(kind, was), () -> now.key().id())
                        .equals(now.key().id());
        if (was != null && isMine) {
            all = all.removed(new RecordKey(kind, was));
        }
        return is == null || is.equals(now.key().id())
                ? all
                : all.updated(new RecordKey(kind, is), now.key().id());
    }

    /** All of it as one change from nothing. */
    public LinkChange stored() {
        return new LinkChange(link, counterparts(), health);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinkState that
                && link.equals(that.link)
                && health.equals(that.health)
                && counterparts.equals(that.counterparts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(link, health);
    }
}
