package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Remote;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options that leave one group for another. Square moves no modifier: one that its list leaves out is deleted, and may not
 * come back under its id. So the other list gets a new one of the same name and price, and the record is called by its id
 * from then on; that the old one is gone says nothing of the record.
 *
 * <p>Stock stands with the old id: what is sold out, or is told how many there are, is not moved.
 */
final class SquareMoves {
    private final Difference difference;
    private final Map<RecordId, RecordKey> groups = new HashMap<>();

    private SquareMoves(Difference difference) {
        this.difference = difference;
        difference.remotes().forEach((key, remote) -> {
            if (key.kind() == Kind.MODIFIER_GROUP && SquareNames.isLive(remote)) {
                groups.put(remote.id(), key);
            }
        });
    }

    /** Items that are to be modifiers of another list than they are by now, with what they are. */
    static Map<RecordKey, FieldMap> of(Difference difference) {
        return new SquareMoves(difference).all();
    }

    private Map<RecordKey, FieldMap> all() {
        Map<RecordId, RecordKey> arriving = arriving();
        Map<RecordKey, FieldMap> moves = new HashMap<>();
        groups.values().forEach(group -> {
            Remote remote = difference.remotes().get(group);
            JsonNode list = remote == null ? null : remote.document();
            Set<RecordId> left = left(group);
            if (list == null || left == null) {
                return;
            }
            for (JsonNode modifier : list.path("modifier_list_data").path("modifiers")) {
                RecordKey item = arriving.get(new RecordId(modifier.path("id").asText()));
                FieldMap fields = item == null || left.contains(item.id()) ? null : fields(modifier);
                if (item != null && fields != null && !isCounted(item)) {
                    moves.put(item, fields);
                }
            }
        });
        return moves;
    }

    /** The options of groups that are told theirs, by what Square calls them. */
    private Map<RecordId, RecordKey> arriving() {
        Map<RecordId, RecordKey> arriving = new HashMap<>();
        difference.wanted().values().forEach(fields -> {
            for (Option option : options(fields)) {
                RecordKey item = new RecordKey(Kind.ITEM, option.item());
                Remote remote = difference.remotes().get(item);
                if (remote != null) {
                    arriving.put(remote.id(), item);
                }
            }
        });
        return arriving;
    }

    /** What a group keeps of its options; null where it is not told of them. */
    private @Nullable Set<RecordId> left(RecordKey group) {
        FieldMap wanted = difference.wanted().get(group);
        if (difference.removed().contains(group)) {
            return Set.of();
        }
        if (wanted == null || !wanted.has(ModifierGroup.OPTIONS)) {
            return null;
        }
        Set<RecordId> left = new HashSet<>();
        options(wanted).forEach(option -> left.add(option.item()));
        return left;
    }

    private static List<Option> options(FieldMap fields) {
        return Objects.requireNonNullElse(fields.get(ModifierGroup.OPTIONS), List.of());
    }

    private boolean isCounted(RecordKey item) {
        FieldMap wanted = difference.wanted().getOrDefault(item, FieldMap.EMPTY);
        return SquareWriting.STOCK.stream().anyMatch(wanted::has);
    }

    /** What a modifier is; null where it is sold out or cannot be read. */
    private @Nullable FieldMap fields(JsonNode modifier) {
        String location = difference.link().location();
        FieldMap read;
        try {
            read = SquareMappings.modifier(location == null ? "" : location).get(modifier);
        } catch (InvalidValue e) {
            return null;
        }
        if (read.get(Item.STATUS) != SaleStatus.FOR_SALE) {
            return null;
        }
        FieldMap.Builder told = FieldMap.builder(Kind.ITEM);
        for (int i = 0; i < read.size(); i++) {
            Field<?> field = read.field(i);
            if (!SquareWriting.STOCK.contains(field)) {
                told.put(field, read.value(i));
            }
        }
        return told.build();
    }
}
