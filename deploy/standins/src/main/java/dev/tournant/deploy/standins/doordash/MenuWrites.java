package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes pushed menus in. What has the wrong shape is refused at once; what has the right one becomes a job whose end is told
 * by webhook alone.
 */
final class MenuWrites {
    private final Stores stores;
    private final MenuJobs jobs;
    private final Luck<Faults> luck;

    MenuWrites(Stores stores, MenuJobs jobs, Luck<Faults> luck) {
        this.stores = stores;
        this.jobs = jobs;
        this.luck = luck;
    }

    /** Always a new menu, also when the store has one just like it. */
    Answer create(JsonNode body) {
        return push(body, null);
    }

    /** Replaces the whole menu: what the body leaves out is gone. */
    Answer update(String menuId, JsonNode body) {
        boolean known = stores.all().stream().anyMatch(store -> store.hasMenu(menuId));
        return known ? push(body, menuId) : DoorDashError.unknownMenu(menuId).answer();
    }

    private Answer push(JsonNode body, @Nullable String updates) {
        if (!(body instanceof ObjectNode content)) {
            return DoorDashError.notAnObject().answer();
        }
        List<FieldError> errors = new ArrayList<>(MenuRules.push(content));
        String provider = content.at("/store/provider_type").asText();
        if (!provider.isBlank() && !provider.equals(stores.providerType())) {
            errors.add(new FieldError("store.provider_type", "must be " + stores.providerType()));
        }
        String storeId = content.at("/store/merchant_supplied_id").asText();
        Optional<Store> store = stores.of(storeId);
        if (store.isPresent() && updates != null && !store.get().hasMenu(updates)) {
            errors.add(new FieldError("store.merchant_supplied_id", "is not the store that the menu belongs to"));
        }
        if (!errors.isEmpty()) {
            return DoorDashError.invalid(errors).answer();
        }
        return store.map(known -> begin(known, MenuJob.of(content, luck.uuid().toString(), updates)))
                .orElseGet(() -> DoorDashError.unknownStore(storeId).answer());
    }

    private Answer begin(Store store, MenuJob job) {
        return jobs.begin(store, List.of(job))
                ? Answer.of(202, Json.object().put("reference", job.reference()))
                : DoorDashError.jobPending().answer();
    }
}
