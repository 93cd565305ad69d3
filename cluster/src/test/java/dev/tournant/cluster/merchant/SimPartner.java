package dev.tournant.cluster.merchant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.Json;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A partner in memory that has items of five fields, with people who edit them there. */
abstract class SimPartner implements Writing {
    static final List<Field<?>> FIELDS = List.of(Item.NAME, Item.SKU, Item.DESCRIPTION, Item.PRICE, Item.STATUS);

    /** A partner's item. Its SKU is never changed by anybody, so that doubles are known by it. */
    static final class Thing {
        FieldMap fields;
        long version;
        Instant at;
        boolean deleted;

        Thing(FieldMap fields, long version, Instant at) {
            this.fields = fields;
            this.version = version;
            this.at = at;
        }
    }

    /** What a page or a webhook says. */
    record Said(List<PartnerEvent> events, List<RemoteRecord> remotes, List<JobEnded> jobs) {}

    /** What a partner said, to be stamped with when it was asked where it bears no time of its own. */
    interface Snapshot {
        Said asOf(Instant asked);
    }

    final Link link;
    final Duration skew;
    final Random random;
    final TreeMap<String, Thing> things = new TreeMap<>();
    /** What was made here last, by our record. */
    private final Map<String, String> made = new HashMap<>();

    /** Records that we had made here while they were there. */
    final List<String> madeTwice = new ArrayList<>();
    /** What somebody made there where nobody reads it: ours to leave alone. */
    final Set<String> own = new HashSet<>();
    /** Of its own, what we took away. */
    final List<String> robbed = new ArrayList<>();

    private int ids;
    private boolean isNumbering;

    SimPartner(Link link, Duration skew, Random random) {
        this.link = link;
        this.skew = skew;
        this.random = random;
    }

    abstract Traits traits();

    /** Carries out a call. */
    abstract Answer take(Request request, Instant now);

    /** One or more pages. */
    abstract List<Snapshot> read(String resource);

    /** The same, of what changed since; of a partner that tells all of it each time all. */
    List<Snapshot> read(String resource, @Nullable String since) {
        return read(resource);
    }

    /** Since when what changes will not have been told by what is read now; null where all is told each time. */
    @Nullable
    String until(String resource) {
        return null;
    }

    /** Somebody edits here; what webhooks say of it. */
    abstract List<Said> edit(SimWorld world, Instant now);

    /** What it should show of these, as far as it can. Empty for a value that it lacks. */
    abstract boolean shows(FieldMap fields, Thing thing);

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        return Map.of();
    }

    Instant clock(Instant now) {
        return now.plus(skew);
    }

    /** We have something made here for a record of ours. */
    void noteMade(String record, String id) {
        String before = made.put(record, id);
        Thing known = before == null ? null : things.get(before);
        if (known != null && !known.deleted) {
            madeTwice.add(record);
        }
    }

    /** It numbers its things, as others do: what it has is called like something else elsewhere. */
    void numbers() {
        isNumbering = true;
    }

    static boolean isStock(Field<?> field) {
        FieldGroup group = FieldGroup.of(field);
        return group == FieldGroup.AVAILABILITY || group == FieldGroup.STOCK;
    }

    boolean isNumbering() {
        return isNumbering;
    }

    /** The name of a new thing. */
    String newName(String prefix) {
        return newId(isNumbering ? "I" : prefix);
    }

    String newId(String prefix) {
        ids++;
        return prefix + ids;
    }

    static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    static Stamp stamp(Instant at) {
        return Stamp.at(at);
    }

    static FieldMap fields(JsonNode json) {
        Map<?, ?> map = Json.text().convertValue(json, Map.class);
        return FieldMap.read(Kind.ITEM, map);
    }

    static JsonNode json(FieldMap fields) {
        return Json.text().valueToTree(fields.write());
    }

    static ObjectNode object() {
        return Json.text().createObjectNode();
    }

    static JsonNode body(Request request) {
        try {
            return Json.text().readTree(Objects.requireNonNull(request.json()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode body(Answer answer) {
        try {
            return Json.text().readTree(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer answer(int status, JsonNode body, Instant now) {
        return new Answer(status, Map.of(), body.toString().getBytes(StandardCharsets.UTF_8), now);
    }

    static Request request(String path, ObjectNode body) {
        return new Request("POST", path, Map.of(), body.toString(), true);
    }

    /** All fields, null for those that it lacks. */
    static FieldMap all(FieldMap some, List<Field<?>> which) {
        FieldMap.Builder all = FieldMap.builder(Kind.ITEM);
        for (Field<?> field : which) {
            all.put(field, some.get(field));
        }
        return all.build();
    }

    /** What an edit changes: setting the value that is there, which we may have told, is no edit that anybody can see. */
    static FieldMap changes(Thing thing, FieldMap edit) {
        FieldMap.Builder changes = FieldMap.builder(Kind.ITEM);
        for (int i = 0; i < edit.size(); i++) {
            if (!Objects.equals(thing.fields.get(edit.field(i)), edit.value(i))) {
                changes.put(edit.field(i), edit.value(i));
            }
        }
        return changes.build();
    }

    static boolean same(FieldMap one, FieldMap other, List<Field<?>> which) {
        return which.stream().allMatch(field -> Objects.equals(shown(one, field), shown(other, field)));
    }

    /** What nobody has said to be off is on sale. */
    private static @Nullable Object shown(FieldMap fields, Field<?> field) {
        Object value = fields.get(field);
        return value == null && field.equals(Item.STATUS) ? SaleStatus.FOR_SALE : value;
    }

    static boolean isBad(FieldMap fields) {
        String name = fields.get(Item.NAME);
        return name != null && name.contains("!");
    }

    List<Map.Entry<String, Thing>> live() {
        List<Map.Entry<String, Thing>> live = new ArrayList<>();
        things.entrySet().forEach(each -> {
            if (!each.getValue().deleted) {
                live.add(each);
            }
        });
        return live;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(link.id() + ":");
        live().forEach(each -> text.append("\n    ")
                .append(each.getKey())
                .append(" v")
                .append(each.getValue().version)
                .append(' ')
                .append(each.getValue().fields));
        return text.toString();
    }
}
