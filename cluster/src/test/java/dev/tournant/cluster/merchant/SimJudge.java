package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Projecting;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Counterpart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is not as it should be in a simulated history that has come to rest. */
final class SimJudge {
    private static final String API = "api";

    private final SyncSimulation world;
    private final SimMerchant merchant;
    private final List<String> wrong = new ArrayList<>();

    private SimJudge(SyncSimulation world) {
        this.world = world;
        this.merchant = world.merchant;
    }

    /** What is wrong, in words. */
    static List<String> of(SyncSimulation world) {
        SimJudge judge = new SimJudge(world);
        world.partners.forEach(partner -> {
            judge.showsItsProjection(partner);
            judge.hasNoDoubles(partner);
        });
        judge.wrong.addAll(world.merchant.undecided());
        judge.ownersHold();
        return judge.wrong;
    }

    /**
     * The same, after one side edited long after all else: that is what there is then, if the rule lets that side decide.
     *
     * @param before what was said last before that
     */
    static List<String> of(
            SyncSimulation world, SimPartner last, Map<SimPeople.Matter, Map<String, @Nullable Object>> before) {
        List<String> wrong = of(world);
        SimJudge judge = new SimJudge(world);
        judge.lastEditHolds(last, before);
        wrong.addAll(judge.wrong);
        return wrong;
    }

    private void showsItsProjection(SimPartner partner) {
        String id = partner.link.id().value();
        LinkState link = merchant.state.link(partner.link.id());
        Map<RecordKey, FieldMap> desired = Projecting.of(partner.link, merchant.profile.currency())
                .shown(merchant.state.records().all())
                .on(FieldMap.EMPTY, link, merchant.state.records()::get)
                .records();
        Set<String> expected = new HashSet<>();
        desired.forEach((key, fields) -> {
            Counterpart mine = link.counterpart(key);
            Optional<String> name = merchant.name(partner, key);
            name.ifPresent(expected::add);
            SimPartner.Thing thing = name.map(partner.things::get).orElse(null);
            SimPartner.@Nullable Thing shown = thing == null || thing.deleted ? null : thing;
            Counterpart.Refusal refusal = mine == null ? null : mine.refusal();
            boolean isRightlyRefused = refusal != null && SimPartner.isBad(fields);
            if (!isRightlyRefused && !partner.shows(fields, shown)) {
                wrong.add(id + " shows of " + key + " " + (shown == null ? null : shown.fields) + " instead of "
                        + fields + (refusal == null ? "" : " refused " + refusal));
            }
        });
        partner.live().forEach(each -> {
            if (partner.traits().takesRecords()
                    && !expected.contains(each.getKey())
                    && !partner.own.contains(each.getKey())) {
                wrong.add(id + " still has " + each.getKey() + " " + each.getValue().fields);
            }
        });
        boolean all = link.counterparts().stream().allMatch(each -> each.refusal() == null);
        if (all && link.health().inStepSince() == null) {
            wrong.add(id + " is in step and does not say so: " + link.health());
        }
    }

    private void hasNoDoubles(SimPartner partner) {
        partner.robbed.forEach(each -> wrong.add(partner.link.id() + " lost its own " + each));
        partner.madeTwice.forEach(record -> wrong.add(partner.link.id() + " was made " + record + " though it had it"));
        Map<String, String> names = new HashMap<>();
        partner.live().forEach(each -> {
            String sku = String.valueOf(each.getValue().fields.get(Item.SKU));
            String other = names.put(sku, each.getKey());
            if (other != null) {
                wrong.add(partner.link.id() + " has " + sku + " twice: " + other + ", " + each.getKey());
            }
        });
    }

    /** What an owner said last by hand is what there is, unless an operator has said something of it, its count included. */
    private void ownersHold() {
        world.people.lastSaid().forEach((what, by) -> {
            FlatRecord record = merchant.bySku(what.sku()).orElse(null);
            if (record == null || isAltered(what.field())) {
                return;
            }
            Object now = record.get(what.field()).orElse(null);
            if (by.keySet().equals(Set.of(API)) && !alike(by.get(API), now)) {
                wrong.add("of " + what + " only an operator spoke and said " + by.get(API) + ": " + record);
            }
            SyncRule rule = merchant.rule(FieldGroup.of(what.field()));
            Object owners = rule instanceof SyncRule.Owner owner
                            && !by.containsKey(API)
                            && !by.containsKey(SimPeople.COUNTED)
                            && isHeard(what.field(), owner)
                    ? by.get(owner.link().value())
                    : null;
            if (owners != null && !alike(owners, now)) {
                wrong.add("of " + what + " the owner said " + owners + ": " + record);
            }
        });
    }

    /** Before it came to own it, the board may have been told over what nobody had read: its stock has no versions. */
    private boolean isHeard(Field<?> field, SyncRule.Owner owner) {
        boolean isBoards = owner.link().equals(world.board.link.id());
        return !(merchant.hasOtherRules() && isBoards && field.equals(Item.STATUS));
    }

    /** What the till made of a value of which we did not hear that it took it looks like an edit there. */
    private boolean isAltered(Field<?> field) {
        return world.till.isAltering() && SimTill.ALTERED.contains(field);
    }

    /** What nobody has said to be off is on sale. */
    private static boolean alike(@Nullable Object one, @Nullable Object other) {
        boolean isOnSale =
                (one == null || one == SaleStatus.FOR_SALE) && (other == null || other == SaleStatus.FOR_SALE);
        return isOnSale || Objects.equals(one, other);
    }

    private void lastEditHolds(SimPartner last, Map<SimPeople.Matter, Map<String, @Nullable Object>> before) {
        String link = last.link.id().value();
        world.people.lastSaid().forEach((what, by) -> {
            Map<String, @Nullable Object> was = before.get(what);
            boolean isEdited = was != null && by.containsKey(link) && !Objects.equals(was.get(link), by.get(link));
            boolean isLatest = merchant.rule(FieldGroup.of(what.field())) == SyncRule.Common.LATEST;
            // That it is sold out brings nothing back that was deleted.
            boolean isGone = FieldGroup.of(what.field()) == FieldGroup.AVAILABILITY
                    && merchant.bySku(what.sku()).isEmpty();
            if (isEdited && isLatest && !isGone && !isAltered(what.field())) {
                Object now = merchant.bySku(what.sku())
                        .flatMap(record -> record.get(what.field()))
                        .orElse(null);
                if (!alike(now, by.get(link))) {
                    wrong.add("last of all " + link + " said of " + what + " " + by.get(link) + ", and it is " + now);
                }
            }
        });
    }
}
