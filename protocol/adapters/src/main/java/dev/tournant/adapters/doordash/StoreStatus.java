package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a store takes orders. It does so only when it has a menu; that it does not may be said twice.
 *
 * <p>DoorDash shows it nowhere, so what it took last is kept as what it holds of the store, and the same is not told again
 * with each menu. Where no answer tells what it took, nobody knows what it holds.
 */
final class StoreStatus {
    static final String PATH = "status";

    /** Somebody set it by hand, at the till or through us. */
    private static final String REASON = "store_self_disabled_in_their_POS_portal";

    private StoreStatus() {}

    static boolean isAmong(FieldMap wanted) {
        return wanted.has(Store.STATUS) || wanted.has(Store.UNTIL);
    }

    /** Whether it was told, and no answer says what became of it. */
    static boolean isInDoubt(@Nullable Remote held) {
        return held != null && held.document() == null;
    }

    /** Whether DoorDash took these very words last. */
    static boolean isHeld(@Nullable Remote held, Call call) {
        return held != null && body(call).equals(held.document());
    }

    /** What DoorDash holds when it has taken a call. */
    static Map<RecordKey, Remote> taken(Call call) {
        return remotes(call, body(call));
    }

    /** What it holds when it may have taken a call, or not. */
    static Map<RecordKey, Remote> maybeTaken(Call call) {
        return remotes(call, null);
    }

    private static Map<RecordKey, Remote> remotes(Call call, @Nullable ObjectNode held) {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        call.about().forEach((key, name) -> remotes.put(key, new Remote(name, 0, held)));
        return remotes;
    }

    private static ObjectNode body(Call call) {
        String json = call.request().json();
        return Documents.object((json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether nothing else of the store is wanted. */
    static boolean isAll(FieldMap wanted) {
        int own = (wanted.has(Store.STATUS) ? 1 : 0) + (wanted.has(Store.UNTIL) ? 1 : 0);
        return wanted.size() == own;
    }

    static boolean isOpen(FieldMap store, Instant now) {
        return Offered.isForSale(store.get(Store.STATUS), store.get(Store.UNTIL), now);
    }

    static Call call(Difference difference, RecordKey key, FieldMap store) {
        boolean open = isOpen(store, difference.now());
        ObjectNode body = Documents.empty().put("is_active", open);
        if (!open) {
            body.put("reason", REASON);
            Instant until = store.get(Store.UNTIL);
            if (store.get(Store.STATUS) == SaleStatus.PAUSED && until != null) {
                body.put("end_time", until.toString());
            }
        }
        return new Call(DoorDashApi.put(difference.link(), PATH, body), Map.of(key, key.id()), PATH);
    }
}
