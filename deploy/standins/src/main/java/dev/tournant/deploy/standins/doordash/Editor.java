package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tournant.deploy.standins.core.Luck;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The person at the DoorDash tablet, who changes menus that somebody else pushed. Nobody is told. */
final class Editor {
    private static final int PRICE_CENTS_STEP = 25;
    private static final int PRICE_STEPS_MAX = 100;

    private final Luck<Faults> luck;
    private final InstantSource clock;

    Editor(Luck<Faults> luck, InstantSource clock) {
        this.luck = luck;
        this.clock = clock;
    }

    /**
     * Makes one edit: to the item named or to one that is drawn, with the value given or one that is drawn. Empty when the
     * store has no such item, or none at all. Throws {@link IllegalArgumentException} for a price that is none.
     */
    Optional<Edit> edit(Store store, EditKind kind, Optional<String> itemId, Optional<String> value) {
        List<String> known = store.ids(Store.Part.ITEM).stream().sorted().toList();
        if (known.isEmpty() || itemId.filter(id -> !known.contains(id)).isPresent()) {
            return Optional.empty();
        }
        String id = itemId.orElseGet(() -> luck.pick(known));
        return Optional.of(
                switch (kind) {
                    case PRICE -> price(store, id, value);
                    case RENAME -> rename(store, id, value);
                    case SOLD_OUT -> soldOut(store, id);
                    case BACK_IN_STOCK -> backInStock(store, id);
                });
    }

    private Edit price(Store store, String id, Optional<String> value) {
        int cents = value.map(Integer::valueOf).orElseGet(this::drawnPrice);
        if (cents < 0 || cents > MenuRules.CENTS_MAX) {
            throw new IllegalArgumentException("a price is from 0 to " + MenuRules.CENTS_MAX + " cents, not " + cents);
        }
        store.edit(id, item -> item.put("price", cents));
        return made(EditKind.PRICE, store, id, "price", IntNode.valueOf(cents));
    }

    private Edit rename(Store store, String id, Optional<String> value) {
        String name = value.orElse("Renamed at the tablet");
        store.edit(id, item -> item.put("name", name));
        return made(EditKind.RENAME, store, id, "name", TextNode.valueOf(name));
    }

    private Edit soldOut(Store store, String id) {
        store.suspend(Store.Part.ITEM, id, Optional.empty());
        return made(EditKind.SOLD_OUT, store, id, "is_active", BooleanNode.FALSE);
    }

    private Edit backInStock(Store store, String id) {
        store.unsuspend(Store.Part.ITEM, id);
        return made(EditKind.BACK_IN_STOCK, store, id, "is_active", BooleanNode.TRUE);
    }

    private Edit made(EditKind kind, Store store, String id, String field, JsonNode value) {
        return new Edit(kind, store.id(), id, field, value, clock.millis());
    }

    private int drawnPrice() {
        return PRICE_CENTS_STEP
                * luck.pick(IntStream.rangeClosed(1, PRICE_STEPS_MAX).boxed().toList());
    }
}
