package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One store with all that DoorDash knows of it. Safe for threads: a read never sees half a write. */
final class Store {
    /** Menus of a store, the duplicates included. */
    static final int MENUS_MAX = 50;

    /** Ended jobs that are remembered. */
    static final int JOBS_KEPT = 50;

    /** What can be suspended. */
    enum Part {
        ITEM,
        OPTION
    }

    /** Why a store takes no orders. */
    private record Deactivation(String reason, String notes, Instant createdAt, Optional<Instant> endTime) {}

    private final String id;
    private final String providerType;
    private final InstantSource clock;
    private final Map<String, ListedMenu> menus = new LinkedHashMap<>();
    private final List<MenuJob> pending = new ArrayList<>();
    private final ArrayDeque<ObjectNode> ended = new ArrayDeque<>();
    private final Map<Part, Suspensions> suspended =
            Map.of(Part.ITEM, new Suspensions(), Part.OPTION, new Suspensions());
    private boolean bankDetails = true;
    private boolean active;
    private @Nullable Deactivation deactivation;

    Store(String id, String providerType, InstantSource clock) {
        this.id = id;
        this.providerType = providerType;
        this.clock = clock;
    }

    /** Its {@code merchant_supplied_id}. */
    String id() {
        return id;
    }

    String providerType() {
        return providerType;
    }

    synchronized void setBankDetails(boolean there) {
        bankDetails = there;
    }

    /** False, with nothing taken, while any job is pending. */
    synchronized boolean take(List<MenuJob> jobs) {
        return pending.isEmpty() && pending.addAll(jobs);
    }

    synchronized void end(MenuJob job, MenuJob.Outcome outcome) {
        pending.remove(job);
        ended.add(job.event(id, outcome));
        if (ended.size() > JOBS_KEPT) {
            ended.remove();
        }
    }

    /**
     * Puts the menu of a job before customers, with no hours when it is new and with those it had when it is not. Empty when
     * there are too many already.
     */
    synchronized Optional<String> list(MenuJob job, String newId) {
        @Nullable ListedMenu old = job.updates() == null ? null : menus.get(job.updates());
        if (old == null && menus.size() >= MENUS_MAX) {
            return Optional.empty();
        }
        String menuId = old == null ? newId : old.id();
        menus.put(
                menuId,
                new ListedMenu(
                        menuId,
                        job.reference(),
                        job.menu(),
                        old == null ? Json.array(List.of()) : old.openHours(),
                        old == null ? Json.array(List.of()) : old.specialHours(),
                        clock.instant()));
        suspended.forEach((part, suspensions) -> suspensions.keepOnly(ids(part)));
        return Optional.of(menuId);
    }

    synchronized void setHours(String menuId, MenuJob job) {
        menus.computeIfPresent(menuId, (key, menu) -> menu.withHours(job.openHours(), job.specialHours()));
    }

    synchronized boolean hasMenu(String menuId) {
        return menus.containsKey(menuId);
    }

    /** The ids of items or options on any menu. */
    synchronized Set<String> ids(Part part) {
        return menus.values().stream()
                .flatMap(each -> part == Part.ITEM ? MenuTree.items(each.menu()) : MenuTree.options(each.menu()))
                .map(MenuTree::id)
                .collect(Collectors.toSet());
    }

    /** False when it is on no menu. */
    synchronized boolean suspend(Part part, String partId, Optional<Instant> until) {
        boolean known = ids(part).contains(partId);
        if (known) {
            suspensions(part).begin(partId, until);
        }
        return known;
    }

    /** False when it is on no menu; true also when it was not suspended. */
    synchronized boolean unsuspend(Part part, String partId) {
        suspensions(part).end(partId);
        return ids(part).contains(partId);
    }

    /** Changes an item wherever it is on a menu. */
    synchronized void edit(String itemId, Consumer<ObjectNode> change) {
        menus.replaceAll((key, menu) -> menu.withMenu(MenuTree.withItem(menu.menu(), itemId, change)));
    }

    /** Why the store cannot take orders; empty when it now does. */
    synchronized Optional<String> activate() {
        if (menus.values().stream().noneMatch(each -> MenuTree.isActive(each.menu()))) {
            return Optional.of("The store has no active menu.");
        }
        if (!bankDetails) {
            return Optional.of("The store has no bank details.");
        }
        active = true;
        deactivation = null;
        return Optional.empty();
    }

    /** A store that is deactivated already is so once more. With an end time it takes orders again from then on. */
    synchronized void deactivate(String reason, String notes, Optional<Instant> endTime) {
        active = active && endTime.isPresent();
        deactivation = new Deactivation(reason, notes, clock.instant(), endTime);
    }

    synchronized boolean isActive() {
        boolean paused = deactivation != null
                && deactivation
                        .endTime()
                        .filter(end -> !end.isAfter(clock.instant()))
                        .isEmpty();
        return active && !paused;
    }

    /** What {@code store_details} tells. */
    synchronized ObjectNode details() {
        ObjectNode json = Json.object();
        json.put("provider_name", providerType);
        json.put("merchant_supplied_id", id);
        json.put("is_active", isActive());
        json.put("is_order_protocol_pos", true);
        var deactivations = json.putArray("current_deactivations");
        if (deactivation != null && !isActive()) {
            deactivations
                    .addObject()
                    .put("reason", deactivation.reason())
                    .put("notes", deactivation.notes())
                    .put("created_at", deactivation.createdAt().toString())
                    .put(
                            "end_time",
                            deactivation.endTime().map(Instant::toString).orElse(null));
        }
        return json;
    }

    /** What {@code menu_details} tells. */
    synchronized ObjectNode menuDetails() {
        ObjectNode json = Json.object();
        json.put("provider_name", providerType);
        json.put("merchant_supplied_id", id);
        json.set(
                "menus",
                Json.array(menus.values().stream().map(ListedMenu::json).toList()));
        json.set("suspended_items", suspensions(Part.ITEM).json(clock.instant()));
        json.set("suspended_item_options", suspensions(Part.OPTION).json(clock.instant()));
        return json;
    }

    /** All of it, for the control API. */
    synchronized ObjectNode truth() {
        ObjectNode json = menuDetails();
        json.setAll(details());
        json.put("bank_details", bankDetails);
        var jobs = json.putArray("pending_jobs");
        pending.forEach(
                job -> jobs.addObject().put("reference", job.reference()).put("type", job.type()));
        json.set("ended_jobs", Json.array(List.copyOf(ended)));
        return json;
    }

    private Suspensions suspensions(Part part) {
        return Objects.requireNonNull(suspended.get(part));
    }
}
