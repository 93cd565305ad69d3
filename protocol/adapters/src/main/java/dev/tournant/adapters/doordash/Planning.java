package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One plan: at most one menu, and whether the store takes orders; closing comes before the menu, opening after it. */
final class Planning {
    /** When to look again for what waits for something else. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private static final String LOCK = "menus";

    private final Difference difference;
    private final Shelf shelf;
    private final List<Menus.Made> menus;
    /** Records that a menu may still have to tell. */
    private final Set<RecordKey> open = new TreeSet<>();

    private final Map<RecordKey, Outcome> settled = new HashMap<>();
    private final List<List<Call>> steps = new ArrayList<>();

    Planning(Difference difference) {
        this.difference = difference;
        this.shelf = new Shelf(difference.whole());
        this.menus = new Menus(shelf, difference.now()).all();
        open.addAll(difference.wanted().keySet());
        open.addAll(difference.removed());
    }

    /**
     * A menu as it should be, and as DoorDash has it.
     *
     * @param remote null where it has to be created
     * @param document what is to be told; null where DoorDash holds it already
     * @param isKnown whether that is known
     * @param unchanged what of it DoorDash holds as it should be, where the rest differs; null where that is not known
     */
    private record Target(
            RecordKey key,
            @Nullable Remote remote,
            @Nullable ObjectNode document,
            boolean isKnown,
            Set<RecordKey> used,
            @Nullable Unchanged unchanged) {
        /** Whether a push of this menu would tell anything of a record. */
        boolean tells(RecordKey key) {
            return used.contains(key) && (unchanged == null || !unchanged.isTold(key));
        }
    }

    Plan plan() {
        if (difference.link().location() == null) {
            settleOpen(new Outcome.GiveUp("no-location", "give the link the store's merchant_supplied_id as location"));
            return new Plan(steps, settled);
        }
        refuse();
        Optional<Call> status = storeStatus();
        boolean opens = StoreStatus.isOpen(shelf.store(), difference.now());
        status.filter(call -> !opens).ifPresent(call -> steps.add(List.of(call)));
        if (!open.isEmpty()) {
            menu();
        }
        status.filter(call -> opens).ifPresent(call -> steps.add(List.of(call)));
        // What a call is about is not settled before its answer.
        steps.forEach(step ->
                step.forEach(call -> settled.keySet().removeAll(call.about().keySet())));
        return new Plan(steps, settled);
    }

    private void refuse() {
        for (RecordKey key : Set.copyOf(open)) {
            if (key.kind() == Kind.PHOTO) {
                settle(key, new Outcome.GiveUp("unsupported", "DoorDash takes no photo by this way"));
            }
        }
        for (Menus.Made menu : menus) {
            menu.refused().forEach((key, why) -> {
                if (open.contains(key)) {
                    settle(key, why);
                }
            });
        }
    }

    static Outcome askAgain(String why) {
        return new Outcome.TryLater(ASK_AGAIN, why);
    }

    private void settle(RecordKey key, Outcome outcome) {
        settled.put(key, outcome);
        open.remove(key);
    }

    private Optional<Call> storeStatus() {
        Optional<RecordKey> store = shelf.storeKey();
        FieldMap wanted = store.map(key -> difference.wanted().get(key)).orElse(null);
        if (wanted == null || store.isEmpty()) {
            return Optional.empty();
        }
        RecordKey key = store.get();
        Remote remote = difference.remotes().get(key);
        Call call = StoreStatus.call(difference, key, shelf.store());
        boolean isAsked = StoreStatus.isAmong(wanted) || StoreStatus.isInDoubt(remote);
        if (!isAsked || StoreStatus.isHeld(remote, call)) {
            if (StoreStatus.isAll(wanted)) {
                settle(key, Outcome.DONE);
            }
            return Optional.empty();
        }
        boolean hasMenu = difference.remotes().keySet().stream().anyMatch(each -> each.kind() == Kind.MENU);
        if (StoreStatus.isOpen(shelf.store(), difference.now()) && !hasMenu) {
            settle(key, askAgain("DoorDash opens no store that has no menu yet"));
            return Optional.empty();
        }
        if (StoreStatus.isAll(wanted)) {
            open.remove(key);
        }
        return Optional.of(call);
    }

    private void menu() {
        if (!difference.pending().isEmpty()) {
            settleOpen(askAgain("DoorDash still works on " + String.join(", ", new TreeSet<>(difference.pending()))
                    + " and takes no other job"));
            return;
        }
        List<Target> targets = targets();
        List<Target> different =
                targets.stream().filter(each -> each.document != null).toList();
        if (different.isEmpty()) {
            Set.copyOf(open).forEach(key -> settle(key, refusalOfMenu(key).orElse(Outcome.DONE)));
        } else if (targets.size() > 1 && targets.stream().anyMatch(each -> !each.isKnown)) {
            // Pushed on suspicion, the first would differ for ever, and the second never be told.
            settleOpen(new Outcome.ReadAgain(
                    DoorDashAdapter.MENUS, "what DoorDash holds of this store's menus is not known"));
        } else {
            settleWhatIsTold(different);
            if (!open.isEmpty()) {
                Target next = next(different);
                steps.add(List.of(push(next, without(different, next))));
            }
        }
    }

    /** What no menu differs in, though it stands on menus that differ: a dish that was refused keeps all else told. */
    private void settleWhatIsTold(List<Target> different) {
        for (RecordKey key : Set.copyOf(open)) {
            boolean stands = different.stream().anyMatch(each -> each.used.contains(key));
            if (stands && !isToldBy(different, key)) {
                settle(key, Outcome.DONE);
            }
        }
    }

    /**
     * The first whose end settles something. Where all that is wanted stands in several of them, any may be next, but not
     * always the same: a menu of which DoorDash refuses a dish differs for ever, and must not keep the others waiting.
     */
    private Target next(List<Target> different) {
        return different.stream()
                .filter(each -> !settledBy(each, without(different, each)).isEmpty())
                .findFirst()
                .orElseGet(() -> different.get(Math.floorMod(difference.nonce().hashCode(), different.size())));
    }

    private static List<Target> without(List<Target> all, Target one) {
        return all.stream().filter(each -> !each.key.equals(one.key)).toList();
    }

    /** What is wanted and is told wholly when this menu is, and those later ones are not. */
    private Set<RecordKey> settledBy(Target target, List<Target> later) {
        Set<RecordKey> keys = new TreeSet<>();
        for (RecordKey key : open) {
            if (later.isEmpty() || (target.tells(key) && !isToldBy(later, key))) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static boolean isToldBy(List<Target> targets, RecordKey key) {
        return targets.stream().anyMatch(each -> each.tells(key));
    }

    private void settleOpen(Outcome outcome) {
        Set.copyOf(open).forEach(key -> settle(key, outcome));
    }

    /** Where a menu cannot be told, nor can what stands in it alone. */
    private Optional<Outcome> refusalOfMenu(RecordKey key) {
        List<Menus.Made> around =
                menus.stream().filter(each -> each.used().contains(key)).toList();
        boolean nowhere = !around.isEmpty() && around.stream().allMatch(each -> each.refusal() != null);
        return nowhere ? Optional.ofNullable(around.get(0).refusal()) : Optional.empty();
    }

    private List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Menus.Made menu : menus) {
            MenuTree tree = menu.tree();
            Remote remote = difference.remotes().get(menu.key());
            boolean worthIt = remote != null || (tree != null && !tree.isEmpty() && shelf.isOffered(menu.key()));
            if (tree != null && worthIt) {
                targets.add(target(menu.key(), remote, Told.menu(tree, Told.held(remote)), menu.used()));
            }
        }
        difference.remotes().forEach((key, remote) -> {
            boolean ours = difference.removed().contains(key) || key.equals(Shelf.ONLY_MENU);
            if (key.kind() == Kind.MENU && ours && !shelf.has(key)) {
                ObjectNode before = Told.held(remote);
                ObjectNode after = before == null ? Told.retired(key.id().value()) : Told.retired(before);
                targets.add(target(key, remote, after, Set.of(key)));
            }
        });
        return targets;
    }

    private static Target target(RecordKey key, @Nullable Remote remote, ObjectNode after, Set<RecordKey> used) {
        ObjectNode before = Told.held(remote);
        boolean same = after.equals(before);
        Unchanged unchanged = same || before == null ? null : new Unchanged(before, after);
        return new Target(key, remote, same ? null : after, remote == null || before != null, used, unchanged);
    }

    private Call push(Target target, List<Target> later) {
        Set<RecordKey> keys = settledBy(target, later);
        // A call is about something that is wanted, or nobody would wait for the end of its job.
        boolean isPart = keys.isEmpty() && !open.contains(target.key);
        if (isPart) {
            open.stream().filter(target::tells).forEach(keys::add);
        }
        Map<RecordKey, RecordId> about = new HashMap<>();
        about.put(target.key, target.key.id());
        keys.forEach(key -> about.put(key, key.id()));
        ObjectNode document = target.document == null ? Documents.empty() : target.document;
        String job = isPart ? Job.part(target.key, difference.nonce()) : Job.named(target.key, difference.nonce());
        ObjectNode body = Told.push(job, difference.link(), document);
        return new Call(request(target.remote, body), about, LOCK);
    }

    private static Request request(@Nullable Remote remote, ObjectNode body) {
        // A menu that is created twice is there twice; one that is updated twice is as it should be.
        return remote == null
                ? new Request("POST", DoorDashApi.MENUS, Map.of(), Documents.text(body), false)
                : new Request(
                        "PATCH",
                        DoorDashApi.MENUS + "/" + remote.id().value().replace("#", "%23"),
                        Map.of(),
                        Documents.text(body),
                        true);
    }
}
