package dev.tournant.cluster.sync;

import dev.tournant.messages.Fact;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import dev.tournant.persistence.Counterpart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One record and what each link has of it, while a statement about it is weighed. The rule of a field decides among what is
 * claimed of it; what holds becomes the merchant's, and what does not stays with its link.
 */
final class Contention {
    private final Rulebook rules;
    private final BiPredicate<LinkId, Field<?>> isOwn;
    private final RecordKey key;
    private final Map<LinkId, Counterpart> around;
    private final Heard heard;
    private final Provenance by;

    private boolean doubtful;
    private FlatRecord record;
    private final Map<LinkId, Counterpart> changed = new LinkedHashMap<>();
    private final FieldMap.Builder news;
    private int newsCount;
    private final List<Fact.CameForward> forward = new ArrayList<>();

    Contention(
            Rulebook rules,
            BiPredicate<LinkId, Field<?>> isOwn,
            FlatRecord record,
            Map<LinkId, Counterpart> around,
            Heard heard) {
        this.rules = rules;
        this.isOwn = isOwn;
        this.key = record.key();
        this.record = record;
        this.around = around;
        this.heard = heard;
        this.by = heard.by();
        this.news = FieldMap.builder(key.kind());
    }

    Rulebook rules() {
        return rules;
    }

    /** Who speaks, and when. */
    Provenance by() {
        return by;
    }

    RecordKey key() {
        return key;
    }

    /** As it is by now. */
    FlatRecord record() {
        return record;
    }

    void become(FlatRecord now) {
        record = now;
    }

    /** What each link had before. */
    Map<LinkId, Counterpart> around() {
        return around;
    }

    Map<LinkId, Counterpart> changed() {
        return changed;
    }

    /** What becomes the merchant's from the link that speaks. */
    FieldMap news() {
        return news.build();
    }

    boolean hasNews() {
        return newsCount > 0;
    }

    List<Fact.CameForward> forward() {
        return forward;
    }

    /** Whether a link shows a field as the merchant has it. */
    boolean isOwn(LinkId of, Field<?> field) {
        return isOwn.test(of, field);
    }

    Counterpart counterpart(LinkId of) {
        Counterpart known = changed.get(of);
        if (known == null) {
            known = around.get(of);
        }
        return known == null ? Counterpart.of(key) : known;
    }

    void update(LinkId of, Counterpart now) {
        changed.put(of, now);
    }

    View shown(LinkId of) {
        return new View(of, record, counterpart(of));
    }

    FlatRecord over(@Nullable FlatRecord known, FieldMap values, Provenance from) {
        FlatRecord base = known == null ? FlatRecord.unknown(key) : known;
        return base.after(RecordDelta.set(key, by.stamp(), by.version(), values), from, 0);
    }

    /** How what is said and what the link was told follow each other. */
    Heard.Order after(Provenance told) {
        return heard.after(told);
    }

    /** It may be older or newer than what we told the link, so that it has to be read again. */
    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** Fields of which some link said something that does not hold: of the others there is nothing to decide. */
    Set<Field<?>> claimed() {
        Set<Field<?>> fields = new LinkedHashSet<>();
        for (LinkId link : links()) {
            FlatRecord said = counterpart(link).said();
            for (int i = 0; said != null && i < said.fields().size(); i++) {
                fields.add(said.fields().field(i));
            }
        }
        return fields;
    }

    private Set<LinkId> links() {
        Set<LinkId> links = new LinkedHashSet<>(around.keySet());
        links.addAll(changed.keySet());
        return links;
    }

    /** Lets the rule of a field decide among all that is claimed of it; how long something is off is decided with whether it is. */
    void settle(Field<?> field) {
        Field<?> leader = leader(field);
        Field<?> decided = leader == null ? field : leader;
        Field<?> follower = follower(decided);
        Map<LinkId, Claim> claims = claims(decided);
        if (!claims.isEmpty()) {
            Map<LinkId, Claim> untils = follower == null ? Map.of() : claims(follower);
            hold(decided, Agreement.holds(rules.of(decided), claims.values(), untils));
        }
        if (follower != null) {
            follow(follower, decided);
        }
    }

    /** Until when something is off is told by whoever took it off. */
    private void follow(Field<?> field, Field<?> leader) {
        Claim leads = View.in(record, leader);
        Map<LinkId, Claim> claims = claims(field);
        Claim claim = leads == null ? null : claims.get(leads.link());
        if (claim != null) {
            hold(field, claim);
        } else if (leads != null && record.get(field).isPresent()) {
            hold(field, new Claim(null, leads.by()));
        } else if (leads == null && !claims.isEmpty()) {
            hold(field, Agreement.holds(rules.of(field), claims.values()));
        }
    }

    private static @Nullable Field<?> leader(Field<?> field) {
        return field.equals(Item.UNTIL) ? Item.STATUS : field.equals(Store.UNTIL) ? Store.STATUS : null;
    }

    private static @Nullable Field<?> follower(Field<?> field) {
        return field.equals(Item.STATUS) ? Item.UNTIL : field.equals(Store.STATUS) ? Store.UNTIL : null;
    }

    /** One claim for each link that has one, among them the one that holds now. */
    private Map<LinkId, Claim> claims(Field<?> field) {
        Map<LinkId, Claim> claims = new HashMap<>();
        Claim merchants = View.in(record, field);
        if (merchants != null) {
            claims.put(merchants.link(), merchants);
        }
        for (LinkId each : links()) {
            FlatRecord said = counterpart(each).said();
            Claim claim = said == null ? null : View.in(said, field);
            if (claim != null && rules.speaks(each) && isOwn.test(each, field)) {
                claims.put(each, claim);
            }
        }
        if (merchants != null && claims.size() > 1 && !rules.speaks(merchants.link())) {
            // What it said while it was read holds only where nobody else says anything.
            claims.remove(merchants.link());
        }
        return claims;
    }

    /** Lets a claim hold; the others stay with their links. */
    private void hold(Field<?> field, Claim winner) {
        Claim now = View.in(record, field);
        if (now == null && winner.isAbsence()) {
            return;
        }
        if (now != null && !now.link().equals(winner.link()) && !isKept(field, now.link())) {
            // What that link says now need not be what held.
            keep(field, claims(field).getOrDefault(now.link(), now));
        }
        Counterpart winners = counterpart(winner.link());
        FlatRecord said = winners.said();
        if (said != null && said.provenance(field).isPresent()) {
            update(winner.link(), winners.said(said.without(Set.of(field))));
        }
        if (now != null && now.by().equals(winner.by()) && Objects.equals(now.value(), winner.value())) {
            return;
        }
        record = winner.over(record, field);
        if (winner.by().equals(by)) {
            news.put(field, winner.value());
            newsCount++;
        } else {
            forward.add(new Fact.CameForward(
                    winner.link(), winner.by().event(), winner.by().since(), winner.about(key, field)));
        }
    }

    /** Of a link that is gone nothing is kept; what one that is not heard shows by now is known already. */
    private boolean isKept(Field<?> field, LinkId link) {
        FlatRecord said = counterpart(link).said();
        boolean isKnown = said != null && said.provenance(field).isPresent();
        return !rules.knows(link) || (isKnown && !rules.speaks(link));
    }

    /** Of a record that goes: those who still show it stand by what they said of it. An operator's word goes with it. */
    void keepWords(LinkId deletes) {
        for (int i = 0; i < record.fields().size(); i++) {
            Field<?> field = record.fields().field(i);
            Claim claim = Objects.requireNonNull(View.in(record, field));
            boolean isShown = !claim.link().equals(deletes) && !claim.link().equals(Provenance.API);
            if (isShown && !isKept(field, claim.link())) {
                keep(field, claim);
            }
        }
    }

    private void keep(Field<?> field, Claim claim) {
        Counterpart loser = counterpart(claim.link());
        FlatRecord known = loser.said() == null ? FlatRecord.unknown(key) : loser.said();
        update(claim.link(), loser.said(claim.over(known, field)));
    }
}
