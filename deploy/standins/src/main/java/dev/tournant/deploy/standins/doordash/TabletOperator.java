package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The person at the DoorDash tablet, who changes menus that somebody else pushed. Nobody is told. */
final class TabletOperator {
    private static final int PRICE_CENTS_STEP = 25;
    private static final int PRICE_STEPS_MAX = 100;

    private final Luck luck;

    TabletOperator(Luck luck) {
        this.luck = luck;
    }

    /**
     * Makes one edit, to the item named or to one that is drawn, and says what it was:
     * {@code {store, kind, itemId, value}}. Empty when the store has no such item, or none at all.
     */
    Optional<ObjectNode> edit(Store store, EditKind kind, Optional<String> itemId, Optional<String> value) {
        List<String> known = store.ids(Store.Part.ITEM).stream().sorted().toList();
        if (known.isEmpty() || itemId.filter(id -> !known.contains(id)).isPresent()) {
            return Optional.empty();
        }
        String id = itemId.orElseGet(() -> luck.pick(known));
        ObjectNode done = Json.object()
                .put("store", store.id())
                .put("kind", kind.wireName())
                .put("itemId", id);
        switch (kind) {
            case PRICE -> price(store, id, value, done);
            case RENAME -> rename(store, id, value, done);
            case SOLD_OUT -> store.suspend(Store.Part.ITEM, id, Optional.empty());
            case BACK_IN_STOCK -> store.unsuspend(Store.Part.ITEM, id);
        }
        return Optional.of(done);
    }

    private void price(Store store, String id, Optional<String> value, ObjectNode done) {
        int cents = value.map(Integer::parseInt).orElseGet(this::drawnPrice);
        if (cents < 0 || cents > MenuRules.CENTS_MAX) {
            throw new IllegalArgumentException("a price is from 0 to " + MenuRules.CENTS_MAX + " cents, not " + cents);
        }
        store.edit(id, item -> item.put("price", cents));
        done.put("value", cents);
    }

    private static void rename(Store store, String id, Optional<String> value, ObjectNode done) {
        String name = value.orElse("Renamed at the tablet");
        store.edit(id, item -> item.put("name", name));
        done.put("value", name);
    }

    private int drawnPrice() {
        return PRICE_CENTS_STEP
                * luck.pick(IntStream.rangeClosed(1, PRICE_STEPS_MAX).boxed().toList());
    }
}
