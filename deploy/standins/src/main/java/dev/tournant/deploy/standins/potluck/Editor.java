package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The staff, who edit at the till behind everybody's back. The same seed and calls make the same edits. */
final class Editor {
    /** What the staff do by themselves: nothing that nobody is told of. */
    private static final List<EditKind> KINDS = Arrays.stream(EditKind.values())
            .filter(kind -> kind != EditKind.DROP_ITEM)
            .toList();

    private static final int PRICE_STEP = 25;
    private static final int PRICE_STEPS_MAX = 100;
    private static final int COUNT_MAX = 50;

    private final Random random;
    private int made;

    Editor(long seed) {
        this.random = new Random(seed);
    }

    synchronized EditKind drawKind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    synchronized int draw(int bound) {
        return random.nextInt(bound);
    }

    /** An edit of what has that id, or of whatever is drawn; empty where there is nothing to edit in that way. */
    synchronized Optional<Edit> edit(Location location, EditKind kind, Optional<String> objectId) {
        made++;
        return location.atomically(() -> attempt(location, kind, objectId))
                .map(object -> new Edit(kind, location.id(), object));
    }

    private Optional<ObjectNode> attempt(Location location, EditKind kind, Optional<String> objectId) {
        return switch (kind) {
            case PRICE ->
                item(
                        location,
                        objectId,
                        item -> item.put("price_minor", PRICE_STEP * (1 + random.nextInt(PRICE_STEPS_MAX))));
            case SOLD_OUT -> item(location, objectId, item -> item.put("state", "SOLD_OUT"));
            case BACK_ON_SALE -> item(location, objectId, item -> item.put("state", "ON_SALE"));
            case COUNT -> item(location, objectId, item -> item.put("stock", random.nextInt(COUNT_MAX)));
            case RENAME -> rename(location, objectId);
            case ADD_ITEM ->
                Optional.of(location.create(
                        Sort.ITEM,
                        Json.object()
                                .put("name", "Special No. " + made)
                                .put("price_minor", 995)
                                .put("state", "ON_SALE")));
            case DELETE_ITEM ->
                drawn(location, objectId).map(held -> location.delete(Sort.ITEM, held.id(), OptionalLong.empty()));
            case DROP_ITEM -> drawn(location, objectId).map(held -> location.drop(held.id()));
            case ORDERS ->
                Optional.of(store(
                        location,
                        store -> store.put(
                                "taking_orders", !store.path("taking_orders").asBoolean())));
        };
    }

    private Optional<Location.Held> drawn(Location location, Optional<String> objectId) {
        List<Location.Held> items = location.live(Sort.ITEM);
        return objectId.isPresent()
                ? location.live(objectId.get()).filter(held -> held.sort() == Sort.ITEM)
                : items.isEmpty() ? Optional.empty() : Optional.of(items.get(random.nextInt(items.size())));
    }

    private Optional<ObjectNode> item(Location location, Optional<String> objectId, UnaryOperator<ObjectNode> change) {
        return drawn(location, objectId).map(held -> changed(location, held, change));
    }

    private Optional<ObjectNode> rename(Location location, Optional<String> objectId) {
        UnaryOperator<ObjectNode> change = object -> object.put("name", "Renamed No. " + made);
        if (objectId.isPresent() && objectId.get().equals(location.id())) {
            return Optional.of(store(location, change));
        }
        Optional<Location.Held> held = objectId.isPresent() ? location.live(objectId.get()) : drawn(location, objectId);
        return held.map(each -> changed(location, each, change));
    }

    private static ObjectNode changed(Location location, Location.Held held, UnaryOperator<ObjectNode> change) {
        ObjectNode object = change.apply(held.object().deepCopy());
        return location.replace(held.sort(), held.id(), object, OptionalLong.empty());
    }

    private static ObjectNode store(Location location, UnaryOperator<ObjectNode> change) {
        return location.putStore(change.apply(location.store().deepCopy()), OptionalLong.empty());
    }
}
