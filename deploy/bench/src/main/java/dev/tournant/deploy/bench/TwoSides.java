package dev.tournant.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A merchant's seller at the Square stand-in and its store at the DoorDash stand-in, as both know themselves. */
final class TwoSides {
    /** An error of at most this much is in every time that is measured here. */
    static final Duration LOOK_EVERY = Duration.ofMillis(10);
    /** What takes longer without a fault is not slow: it will not come. */
    static final Duration WITHIN = Duration.ofSeconds(90);

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final Stack stack;
    private final Stack.Merchant merchant;
    private final String link;
    private final String store;

    private TwoSides(Stack stack, Stack.Merchant merchant, JsonNode link) {
        this.stack = stack;
        this.merchant = merchant;
        this.link = link.path("id").asText();
        this.store = link.path("location").asText();
    }

    /** Of a stack's first merchant. */
    static TwoSides of(Stack stack) throws IOException {
        Stack.Merchant merchant = stack.merchants().get(0);
        JsonNode links = stack.web()
                .get(url(stack, merchant))
                .ok()
                .json()
                .path("profile")
                .path("links");
        return new TwoSides(stack, merchant, links.path(1));
    }

    private static String url(Stack stack, Stack.Merchant merchant) {
        return stack.nodes().get(0).url() + "/v1/merchants/" + merchant.id();
    }

    /** Of the merchant, at a node. */
    String url() {
        return url(stack, merchant);
    }

    Stack.Merchant merchant() {
        return merchant;
    }

    /** Renames an item at Square; the name that it has now. */
    String rename(String item) throws IOException {
        return stack.standin()
                .edit(merchant.seller(), "rename", item)
                .path("value")
                .asText();
    }

    /** Ids of items that both have, in order. */
    List<String> shared() throws IOException {
        TreeSet<String> shared = new TreeSet<>(names().keySet());
        TreeSet<String> sold = new TreeSet<>();
        stack.standin()
                .truth(merchant.seller())
                .path("objects")
                .forEach(object -> sold.add(object.path("id").asText()));
        shared.retainAll(sold);
        return List.copyOf(shared);
    }

    /** What DoorDash shows: names of items by their ids. */
    Map<String, String> names() throws IOException {
        Map<String, String> names = new HashMap<>();
        for (JsonNode menu : truth().path("menus")) {
            for (JsonNode category : menu.path("menu").path("categories")) {
                category.path("items")
                        .forEach(item -> names.put(
                                item.path("merchant_supplied_id").asText(),
                                item.path("name").asText()));
            }
        }
        return names;
    }

    boolean shows(Map<String, String> wanted) throws IOException {
        return names().entrySet().containsAll(wanted.entrySet());
    }

    /** No job is pending there, and the merchant says that the link is in step. */
    boolean isInStep() throws IOException {
        return truth().path("pending_jobs").isEmpty()
                && asked("/links/" + link).path("state").asText().equals("in-step");
    }

    /** Where the names got to that DoorDash does not show, and what the link's report says, for people. */
    String missing(Map<String, String> wanted) throws IOException {
        Map<String, String> shown = names();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            String there = shown.get(each.getKey());
            if (!each.getValue().equals(there)) {
                text.append(String.format(
                        "%n  item %s: Square \"%s\", the merchant \"%s\", DoorDash \"%s\"",
                        each.getKey(),
                        each.getValue(),
                        asked("/records/item/" + each.getKey())
                                .path("fields")
                                .path("name")
                                .asText(),
                        there));
            }
        }
        return text + String.format("%n  the link: %s", asked("/links/" + link));
    }

    private JsonNode asked(String path) throws IOException {
        return stack.web().get(url() + path).ok().json();
    }

    private JsonNode truth() throws IOException {
        return stack.doorDash().look("truth?store=" + store);
    }

    /** Menus, and what is on sale of them, that DoorDash was told since it started. */
    long pushes() throws IOException {
        long pushes = 0;
        for (Map.Entry<String, JsonNode> each :
                stack.doorDash().look("stats").path("requests").properties()) {
            pushes += each.getKey().startsWith("GET ") ? 0 : each.getValue().asLong();
        }
        return pushes;
    }

    /** Calls that DoorDash refused since it started. */
    long refusals() throws IOException {
        long refusals = 0;
        for (JsonNode each : stack.doorDash().look("stats").path("refusals")) {
            refusals += each.asLong();
        }
        return refusals;
    }

    /** Something to look for. */
    @FunctionalInterface
    interface Look {
        boolean isTrue() throws IOException;
    }

    /**
     * Looks until it is so.
     *
     * @return when it was seen, as {@link System#nanoTime}
     * @throws IllegalStateException once {@link #WITHIN} has passed
     */
    static long await(String what, Look look) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            if (look.isTrue()) {
                return System.nanoTime();
            }
            if (System.nanoTime() - endNanos > 0) {
                throw new IllegalStateException("not within " + WITHIN.toSeconds() + " s: " + what
                        + "; see the logs of the node and of the stand-ins");
            }
            pause(LOOK_EVERY);
        }
    }

    /** Stand-ins are asked: nothing tells us. */
    static void pause(Duration length) throws InterruptedException {
        boolean ended = NEVER.await(length.toNanos(), TimeUnit.NANOSECONDS);
        assert !ended;
    }
}
