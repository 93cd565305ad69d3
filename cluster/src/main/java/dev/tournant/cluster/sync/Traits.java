package dev.tournant.cluster.sync;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules of a merchant need to know of a partner.
 *
 * @param resources what can be fetched
 * @param scope what it is told of a difference; empty where it cannot be told
 * @param jobs how its jobs end of which nobody tells the end
 */
public record Traits(
        List<String> resources, Set<Capability> can, Optional<Writing.Scope> scope, Optional<Writing.Jobs> jobs) {
    public Traits {
        resources = List.copyOf(resources);
        can = Set.copyOf(can);
    }

    public static Traits of(Adapter adapter) {
        Optional<Writing> writing = adapter.writing();
        return new Traits(
                adapter.resources(),
                adapter.capabilities(),
                writing.map(Writing::scope),
                writing.flatMap(Writing::jobs));
    }

    /** Of a partner that is only read. */
    public static Traits reading(List<String> resources) {
        return new Traits(resources, Set.of(Capability.READ_CATALOGUE), Optional.empty(), Optional.empty());
    }

    /** Whether telling the partner a value may have an effect. */
    public boolean takes(Field<?> field) {
        if (scope.isEmpty()) {
            return false;
        }
        if (field.kind() == Kind.STORE) {
            return can.contains(Capability.WRITE_STORE);
        }
        return can.contains(Capability.WRITE_CATALOGUE) || takesLater(field);
    }

    /** Whether a value can be told only of a record that the partner has: stock has calls of its own. */
    boolean takesLater(Field<?> field) {
        FieldGroup group = FieldGroup.of(field);
        boolean isStock = group == FieldGroup.AVAILABILITY || group == FieldGroup.STOCK;
        return isStock && field.kind() != Kind.STORE && can.contains(Capability.WRITE_STOCK);
    }

    /** Whether records come and go there as we say. */
    public boolean takesRecords() {
        return scope.isPresent() && can.contains(Capability.WRITE_CATALOGUE);
    }
}
