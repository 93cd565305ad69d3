package dev.tournant.deploy.standins.doordash;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.HttpAnswers;
import dev.tournant.deploy.standins.core.Stats;
import java.util.function.Function;

/** DoorDash Marketplace's HTTP API under {@code /marketplace/api/v1}: which class answers what. */
final class DoorDashApi extends AllDirectives {
    private final Stores stores;
    private final Admission admission;
    private final Stats stats;
    private final MenuWrites menus;

    DoorDashApi(Stores stores, MenuWrites menus, Admission admission, Stats stats) {
        this.stores = stores;
        this.menus = menus;
        this.admission = admission;
        this.stats = stats;
    }

    Route route() {
        return pathPrefix(
                segment("marketplace").slash("api").slash("v1"),
                () -> concat(
                        pathPrefix("menus", this::menus),
                        pathPrefix("stores", () -> pathPrefix(segment(), this::store)),
                        complete(HttpAnswers.of(DoorDashError.noSuchPath().answer()))));
    }

    private Route menus() {
        return concat(
                pathEnd(() -> post(() -> written("POST menus", menus::create))),
                path(
                        segment(),
                        id -> concat(
                                patch(() -> written("PATCH menus/{menu_id}", body -> menus.update(id, body))),
                                put(() -> written("PUT menus/{menu_id}", body -> menus.update(id, body))))));
    }

    private Route store(String id) {
        return concat(
                path("store_details", () -> get(() -> read("GET stores/{id}/store_details", id, Store::details))),
                path("menu_details", () -> get(() -> read("GET stores/{id}/menu_details", id, Store::menuDetails))),
                path(
                        "status",
                        () -> put(() -> written(
                                "PUT stores/{id}/status",
                                body -> onStore(id, store -> new StoreStatus(store).change(body))))),
                path(
                        segment("items").slash("status"),
                        () -> put(() -> written(
                                "PUT stores/{id}/items/status",
                                body -> onStore(id, store -> new PartStatus(store, Store.Part.ITEM).change(body))))),
                path(
                        segment("item_options").slash("status"),
                        () -> put(() -> written(
                                "PUT stores/{id}/item_options/status",
                                body -> onStore(id, store -> new PartStatus(store, Store.Part.OPTION).change(body))))));
    }

    private Answer onStore(String id, Function<Store, Answer> work) {
        return stores.of(id)
                .map(work)
                .orElseGet(() -> DoorDashError.unknownStore(id).answer());
    }

    private Route read(String endpoint, String id, Function<Store, ObjectNode> view) {
        return extractRequest(request -> {
            stats.request(endpoint);
            return completeWithFuture(admission.read(
                    request, body -> onStore(id, store -> Answer.ok(view.apply(store)))));
        });
    }

    private Route written(String endpoint, Admission.Call call) {
        return entity(
                Unmarshaller.entityToByteString(),
                bytes -> extractRequest(request -> {
                    stats.request(endpoint);
                    return completeWithFuture(admission.write(request, bytes, call));
                }));
    }
}
