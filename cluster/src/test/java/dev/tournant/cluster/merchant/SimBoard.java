package dev.tournant.cluster.merchant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Whole;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A point of sale without versions: all of its menus are told at each publication, stamped with its time. Stock of some
 * bears no time and mentions only what is off; others say of each item when that was changed last. Only stock can be written.
 */
final class SimBoard extends SimPartner {
    static final String MENUS = "menus";
    static final String STOCK = "stock";
    private static final List<Field<?>> MENU = List.of(Item.NAME, Item.SKU, Item.DESCRIPTION, Item.PRICE);

    /** What it shows of an item that it was told is off sale, where it counts. */
    private static final FieldMap NONE_LEFT = FieldMap.builder(Kind.ITEM)
            .set(Item.STATUS, SaleStatus.OFF)
            .set(Item.QUANTITY, BigDecimal.ZERO)
            .build();

    private Instant published;
    /** Null where it counts nothing. */
    private @Nullable Random counting;
    /** By the board's clock, when what is on sale was changed last; null where that is not told. */
    private @Nullable Map<String, Instant> changedAt;

    SimBoard(Link link, Duration skew, Random random, Instant now) {
        super(link, skew, random);
        this.published = clock(now);
    }

    /** It counts all that it has, and what has run out is off: there is no other way to take it off. */
    void counts(Random how) {
        counting = how;
    }

    boolean isCounting() {
        return counting != null;
    }

    @Override
    public FieldMap off() {
        return isCounting() ? NONE_LEFT : FieldMap.EMPTY;
    }

    void tellsTimes() {
        changedAt = new HashMap<>();
    }

    private void changed(String id, Instant now) {
        if (changedAt != null) {
            changedAt.put(id, clock(now));
        }
    }

    @Override
    Traits traits() {
        return new Traits(
                List.of(MENUS, STOCK),
                Set.of(Capability.READ_CATALOGUE, Capability.READ_STOCK, Capability.WRITE_STOCK),
                Optional.of(Scope.CHANGES),
                Optional.empty(),
                List.of(MENUS),
                field -> List.of(isStock(field) ? STOCK : MENUS),
                Set.of(),
                off(),
                Traits.Withholding.NEVER);
    }

    @Override
    public Plan plan(Difference difference) {
        Map<RecordKey, Outcome> settled = new HashMap<>();
        List<Call> calls = new ArrayList<>();
        new TreeMap<>(difference.wanted()).forEach((key, fields) -> {
            Remote remote = difference.remotes().get(key);
            boolean off = isOff(fields);
            BigDecimal left = off ? BigDecimal.ZERO : fields.get(Item.QUANTITY);
            if (!fields.has(Item.STATUS) && !(isCounting() && fields.has(Item.QUANTITY))) {
                settled.put(key, Outcome.DONE);
            } else if (remote == null) {
                settled.put(key, new Outcome.GiveUp("not-there", "the board does not have it"));
            } else if (isCounting() && left == null) {
                settled.put(key, new Outcome.GiveUp("no-quantity", "the board wants to know how many"));
            } else {
                ObjectNode body = object().put("id", remote.id().value());
                body.put("off", off);
                if (isCounting()) {
                    body.put("left", Math.max(0, Objects.requireNonNull(left).intValue()));
                }
                calls.add(new Call(request("/stock", body), Map.of(key, remote.id()), ""));
            }
        });
        return new Plan(calls.isEmpty() ? List.of() : List.of(calls), settled);
    }

    @Override
    Answer take(Request request, Instant now) {
        JsonNode body = body(request);
        Thing thing = things.get(body.path("id").asText());
        if (thing == null || thing.deleted) {
            return answer(404, object(), now);
        }
        SaleStatus status = body.path("off").asBoolean() ? SaleStatus.OFF : SaleStatus.FOR_SALE;
        if (thing.fields.get(Item.STATUS) != status) {
            changed(body.path("id").asText(), now);
        }
        thing.fields =
                thing.fields.with(isCounting() ? counted(body.path("left").asInt()) : FieldMap.of(Item.STATUS, status));
        return answer(200, object(), now);
    }

    private static boolean isOff(FieldMap fields) {
        SaleStatus status = fields.get(Item.STATUS);
        return status != null && status != SaleStatus.FOR_SALE;
    }

    private static FieldMap counted(int left) {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.QUANTITY, BigDecimal.valueOf(left))
                .set(Item.STATUS, left > 0 ? SaleStatus.FOR_SALE : SaleStatus.OFF)
                .build();
    }

    /** How many are left of a thing. */
    static int left(Thing thing) {
        BigDecimal left = thing.fields.get(Item.QUANTITY);
        return left == null ? 0 : left.intValue();
    }

    /** One of it is sold, whether it is off or not. */
    Said sell(Thing thing) {
        thing.fields = thing.fields.with(counted(left(thing) - 1));
        return signal(STOCK);
    }

    private Said signal(String resource) {
        PartnerEvent event = new PartnerEvent(newId("be"), List.of(), List.of(resource));
        return new Said(List.of(event), List.of(), List.of());
    }

    @Override
    public Result read(Call call, Answer answer) {
        Outcome outcome = switch (answer.status()) {
            case 200 -> Outcome.DONE;
            case 404 -> new Outcome.GiveUp("not-found", "the board does not have it");
            default -> new Outcome.TryLater(Duration.ofSeconds(1), "busy");
        };
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    @Override
    List<Snapshot> read(String resource) {
        List<RecordDelta> deltas = new ArrayList<>();
        List<RemoteRecord> remotes = new ArrayList<>();
        if (resource.equals(MENUS)) {
            live().forEach(each -> {
                deltas.add(
                        RecordDelta.set(item(each.getKey()), stamp(published), 0, all(each.getValue().fields, MENU)));
                remotes.add(new RemoteRecord(item(each.getKey()), new RecordId(each.getKey()), 0, null));
            });
            Whole whole = new Whole(Kind.ITEM, stamp(published), FieldMap.EMPTY);
            Said said = new Said(List.of(new PartnerEvent("", deltas, List.of(), List.of(whole))), remotes, List.of());
            return List.of(asked -> said);
        }
        if (isCounting()) {
            Map<String, FieldMap> counts = new TreeMap<>();
            live().forEach(each -> counts.put(each.getKey(), counted(left(each.getValue()))));
            return List.of(asked -> {
                List<RecordDelta> all = new ArrayList<>();
                counts.forEach((id, count) -> all.add(RecordDelta.set(item(id), stamp(asked), 0, count)));
                return new Said(List.of(new PartnerEvent("", all, List.of())), List.of(), List.of());
            });
        }
        return changedAt == null ? offListed() : timed(changedAt);
    }

    private List<Snapshot> timed(Map<String, Instant> times) {
        List<RecordDelta> deltas = new ArrayList<>();
        live().forEach(each -> deltas.add(RecordDelta.set(
                item(each.getKey()),
                stamp(Objects.requireNonNull(times.get(each.getKey()))),
                0,
                all(each.getValue().fields, List.of(Item.STATUS)))));
        Said said = new Said(List.of(new PartnerEvent("", deltas, List.of())), List.of(), List.of());
        return List.of(asked -> said);
    }

    private List<Snapshot> offListed() {
        List<String> off = new ArrayList<>();
        live().forEach(each -> {
            if (each.getValue().fields.get(Item.STATUS) == SaleStatus.OFF) {
                off.add(each.getKey());
            }
        });
        return List.of(asked -> {
            List<RecordDelta> all = new ArrayList<>();
            off.forEach(id ->
                    all.add(RecordDelta.set(item(id), stamp(asked), 0, FieldMap.of(Item.STATUS, SaleStatus.OFF))));
            Whole whole = new Whole(Kind.ITEM, stamp(asked), FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE));
            return new Said(List.of(new PartnerEvent("", all, List.of(), List.of(whole))), List.of(), List.of());
        });
    }

    @Override
    List<Said> edit(SimWorld world, Instant now) {
        List<Map.Entry<String, Thing>> live = live();
        int what = random.nextInt(10);
        String resource = MENUS;
        if (live.isEmpty() || what == 0) {
            FieldMap item = world.newItem(link.id().value())
                    .with(counting == null ? FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE) : recounted(counting));
            Thing made = new Thing(item, 0, clock(now));
            String id = newName("B");
            things.put(id, made);
            changed(id, now);
            world.noteEdit(this, made, FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE));
        } else {
            Map.Entry<String, Thing> one = live.get(random.nextInt(live.size()));
            Thing thing = one.getValue();
            if (what == 1) {
                thing.deleted = true;
                world.noteDeleted(this, thing);
                world.log("board deletes " + one.getKey());
            } else {
                FieldMap edit = world.edited(link.id().value());
                if (edit.has(Item.STATUS)) {
                    resource = STOCK;
                    changed(one.getKey(), now);
                    edit = counting != null
                            ? counting.nextBoolean() ? recounted(counting) : counted(left(thing) - 1)
                            : edit.get(Item.STATUS) == SaleStatus.FOR_SALE
                                    ? edit
                                    : FieldMap.of(Item.STATUS, SaleStatus.OFF);
                }
                FieldMap changes = changes(thing, edit);
                thing.fields = thing.fields.with(edit);
                thing.at = clock(now);
                world.noteEdit(this, thing, withoutCount(changes));
                world.log("board edits " + one.getKey() + " " + edit);
            }
        }
        published = resource.equals(MENUS) ? clock(now) : published;
        return List.of(signal(resource));
    }

    private static FieldMap recounted(Random random) {
        return counted(1 + random.nextInt(9));
    }

    /** Counts change by themselves: whose was last says little. */
    private static FieldMap withoutCount(FieldMap changes) {
        SaleStatus status = changes.get(Item.STATUS);
        if (!changes.has(Item.QUANTITY)) {
            return changes;
        }
        return status == null ? FieldMap.EMPTY : FieldMap.of(Item.STATUS, status);
    }

    @Override
    boolean shows(FieldMap fields, @Nullable Thing thing) {
        if (thing == null) {
            return true;
        }
        boolean off = isOff(fields);
        BigDecimal left = fields.get(Item.QUANTITY);
        if (isCounting() && !off) {
            // What has none cannot be put on sale.
            int there = left(Objects.requireNonNull(thing));
            return left == null || left.signum() <= 0 ? there <= 0 : there == left.intValue();
        }
        return off == (Objects.requireNonNull(thing).fields.get(Item.STATUS) == SaleStatus.OFF);
    }
}
