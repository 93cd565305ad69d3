package dev.tournant.cluster.sync;

import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Placement;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a merchant's records a link does not show, and why. Menus are chosen; a category needs one of its menus and
 * the category above it; items and modifier groups need to be reached ({@link Reach}); photos and taxes need somebody
 * who uses them. What nothing ever led to is shown: it was not left out.
 */
final class LeftOut {
    private static final List<Kind> ON_PATHS = List.of(Kind.MENU, Kind.CATEGORY, Kind.ITEM, Kind.MODIFIER_GROUP);

    private final Chosen chosen;
    private final Map<RecordKey, FieldMap> all;
    private final Map<RecordKey, Why> left = new HashMap<>();

    private LeftOut(Chosen chosen, Map<RecordKey, FieldMap> all) {
        this.chosen = chosen;
        this.all = all;
    }

    /**
     * Works it out in time linear in the records and what they speak of.
     *
     * @param all the present records, in any order
     */
    static LeftOut of(Projection projection, Chosen chosen, Map<RecordKey, FieldMap> all) {
        LeftOut out = new LeftOut(chosen, all);
        if (!projection.showsAll()) {
            out.leaveOutWhatIsNamed();
            out.leaveOutCategories();
            Reach.unreached(all, out).forEach(out::beneath);
            out.leaveOutWhatNobodyUses(Kind.PHOTO);
            out.leaveOutWhatNobodyUses(Kind.TAX);
        }
        return out;
    }

    /** Whether something said of this record is to be taken out: it is left out, or would be if it were there. */
    boolean has(RecordKey key) {
        return left.containsKey(key) || chosen.isLeftOut(key);
    }

    /** Why this record is not shown; null if it is. */
    @Nullable
    Why why(RecordKey key) {
        Why why = left.get(key);
        return why != null ? why : chosen.leavesOut(key);
    }

    /** Paths name records without their kind: one is cut where it names what is left out and nothing that is shown. */
    boolean cuts(List<RecordId> path) {
        return path.stream().anyMatch(this::cuts);
    }

    private boolean cuts(RecordId id) {
        boolean out = false;
        for (Kind kind : ON_PATHS) {
            RecordKey key = new RecordKey(kind, id);
            if (has(key)) {
                out = true;
            } else if (all.containsKey(key)) {
                return false;
            }
        }
        return out;
    }

    private void beneath(RecordKey key) {
        left.putIfAbsent(key, new Why(Why.Cause.BENEATH));
    }

    private void leaveOutWhatIsNamed() {
        for (RecordKey key : all.keySet()) {
            Why why = chosen.leavesOut(key);
            if (why != null) {
                left.put(key, why);
            }
        }
    }

    private void leaveOutCategories() {
        Lineage out = new Lineage(above(all, Kind.CATEGORY, Category.PARENT), id -> isOffEveryMenu(id) ? 1 : 0);
        for (RecordKey key : all.keySet()) {
            if (key.kind() == Kind.CATEGORY && out.of(key.id()) != 0) {
                beneath(key);
            }
        }
    }

    private boolean isOffEveryMenu(RecordId id) {
        RecordKey key = new RecordKey(Kind.CATEGORY, id);
        if (chosen.isLeftOut(key)) {
            return true;
        }
        FieldMap fields = all.get(key);
        List<Placement> menus = fields == null ? null : fields.get(Category.MENUS);
        return menus != null
                && !menus.isEmpty()
                && menus.stream().allMatch(each -> chosen.isLeftOut(new RecordKey(Kind.MENU, each.in())));
    }

    /** What records of one kind stand directly beneath. */
    static Map<RecordId, RecordId> above(Map<RecordKey, FieldMap> all, Kind kind, Field<Placement> field) {
        Map<RecordId, RecordId> above = new HashMap<>();
        all.forEach((key, fields) -> {
            Placement placement = key.kind() == kind ? fields.get(field) : null;
            if (placement != null) {
                above.put(key.id(), placement.in());
            }
        });
        return above;
    }

    private void leaveOutWhatNobodyUses(Kind kind) {
        Set<RecordId> used = new HashSet<>();
        Set<RecordId> wasUsed = new HashSet<>();
        all.forEach((key, fields) -> {
            Set<RecordId> by = left.containsKey(key) ? wasUsed : used;
            if (key.kind() == Kind.CATEGORY && kind == Kind.PHOTO) {
                addAll(by, fields.get(Category.PHOTOS));
            } else if (key.kind() == Kind.ITEM) {
                addAll(by, fields.get(kind == Kind.PHOTO ? Item.PHOTOS : Item.TAXES));
            }
        });
        for (RecordId id : wasUsed) {
            RecordKey key = new RecordKey(kind, id);
            if (!used.contains(id) && all.containsKey(key)) {
                beneath(key);
            }
        }
    }

    private static void addAll(Set<RecordId> to, @Nullable List<RecordId> ids) {
        if (ids != null) {
            to.addAll(ids);
        }
    }
}
