package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.time.Instant;
import java.util.Map;

/** Whether a store takes orders. It does so only when it has a menu; that it does not may be said twice. */
final class StoreStatus {
    static final String PATH = "status";

    /** Somebody set it by hand, at the till or through us. */
    private static final String REASON = "store_self_disabled_in_their_POS_portal";

    private StoreStatus() {}

    static boolean isAmong(FieldMap wanted) {
        return wanted.has(Store.STATUS) || wanted.has(Store.UNTIL);
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
