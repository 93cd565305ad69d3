package dev.tournant.cluster.sync;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Direction;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the rules of a merchant need to know of a partner.
 *
 * @param resources what can be fetched
 * @param scope what it is told of a difference; empty where it cannot be told
 * @param jobs how its jobs end of which nobody tells the end
 * @param madeIn resources that show what was made there; empty where nothing does
 * @param shownIn resources that show what was told
 * @param readOnly fields that the partner shows and cannot be told
 * @param off what it shows of an item that it was told is off sale ({@link Writing#off}); empty where that is what it was told
 * @param withholding says why an item cannot be ordered there whose own values say that it can
 * @param completing says what a statement means of which the partner shows a part
 */
public record Traits(
        List<String> resources,
        Set<Capability> can,
        Optional<Writing.Scope> scope,
        Optional<Writing.Jobs> jobs,
        List<String> madeIn,
        Showing shownIn,
        Set<Field<?>> readOnly,
        FieldMap off,
        Withholding withholding,
        Completing completing) {
    /** See {@link Adapter#completed}. */
    public interface Completing {
        Completing NOTHING = (said, known) -> said;

        FieldMap of(FieldMap said, FieldMap known);
    }

    /** See {@link Writing#shownIn}. */
    public interface Showing {
        List<String> of(Field<?> field);
    }

    /** See {@link Writing#withheld}. */
    public interface Withholding {
        Withholding NEVER = (key, shown, now) -> Optional.empty();

        Optional<String> why(RecordKey key, Map<RecordKey, FieldMap> shown, Instant now);
    }

    public Traits {
        resources = List.copyOf(resources);
        can = Set.copyOf(can);
        madeIn = List.copyOf(madeIn);
        readOnly = Set.copyOf(readOnly);
        if (!off.isEmpty() && !OffSale.isOff(off.get(Item.STATUS))) {
            throw new InvalidValue("must have a status that is not for sale").under("off");
        }
    }

    /** What it says is all there is. */
    public Traits(
            List<String> resources,
            Set<Capability> can,
            Optional<Writing.Scope> scope,
            Optional<Writing.Jobs> jobs,
            List<String> madeIn,
            Showing shownIn,
            Set<Field<?>> readOnly,
            FieldMap off,
            Withholding withholding) {
        this(resources, can, scope, jobs, madeIn, shownIn, readOnly, off, withholding, Completing.NOTHING);
    }

    /** The same partner with what its statements mean of which it shows a part. */
    public Traits with(Completing how) {
        return new Traits(resources, can, scope, jobs, madeIn, shownIn, readOnly, off, withholding, how);
    }

    /** What is told stands where it is made. */
    public Traits(
            List<String> resources,
            Set<Capability> can,
            Optional<Writing.Scope> scope,
            Optional<Writing.Jobs> jobs,
            List<String> madeIn,
            Set<Field<?>> readOnly,
            FieldMap off,
            Withholding withholding) {
        this(resources, can, scope, jobs, madeIn, field -> madeIn, readOnly, off, withholding);
    }

    /** What is made there stands in the first resource. */
    public Traits(
            List<String> resources, Set<Capability> can, Optional<Writing.Scope> scope, Optional<Writing.Jobs> jobs) {
        this(resources, can, scope, jobs, first(resources), Set.of(), FieldMap.EMPTY, Withholding.NEVER);
    }

    private static List<String> first(List<String> resources) {
        return resources.subList(0, Math.min(1, resources.size()));
    }

    public static Traits of(Adapter adapter) {
        Optional<Writing> writing = adapter.writing();
        return new Traits(
                adapter.resources(),
                adapter.capabilities(),
                writing.map(Writing::scope),
                writing.flatMap(Writing::jobs),
                writing.map(Writing::madeIn)
                        .filter(named -> !named.isEmpty())
                        .orElseGet(() -> first(adapter.resources())),
                writing.<Showing>map(each -> each::shownIn).orElse(field -> List.of()),
                writing.map(Traits::readOnly).orElse(Set.of()),
                writing.map(Writing::off).orElse(FieldMap.EMPTY),
                writing.<Withholding>map(each -> each::withheld).orElse(Withholding.NEVER),
                adapter::completed);
    }

    private static Set<Field<?>> readOnly(Writing writing) {
        return Stream.of(Kind.values())
                .flatMap(kind -> Fields.of(kind).all().stream())
                .filter(field -> !writing.takes(field))
                .collect(Collectors.toSet());
    }

    /** Of a partner that is only read. */
    public static Traits reading(List<String> resources) {
        return new Traits(resources, Set.of(Capability.READ_CATALOGUE), Optional.empty(), Optional.empty());
    }

    /** Whether telling the partner a value may have an effect. */
    public boolean takes(Field<?> field) {
        if (scope.isEmpty() || readOnly.contains(field)) {
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

    /**
     * Resources that show what became of what a link was told: of what may have been made there, and of each value that it may
     * have taken.
     */
    public List<String> showing(List<Counterpart> told) {
        Set<String> named = new HashSet<>();
        for (Counterpart each : told) {
            RecordDelta telling = each.telling();
            if (each.theirs() == null) {
                named.addAll(madeIn);
            }
            for (int i = 0; telling != null && i < telling.fields().size(); i++) {
                List<String> shown = shownIn.of(telling.fields().field(i));
                named.addAll(shown.isEmpty() ? madeIn : shown);
            }
        }
        return resources.stream().filter(named::contains).toList();
    }

    /**
     * Whether what a link of this partner is about to be told is written down before any call, so that it is known again. Of
     * whole documents that we alone write nothing is made twice: each call says all that there is.
     */
    public boolean remembers(Direction direction) {
        boolean isToldWhole = scope.filter(each -> each == Writing.Scope.WHOLE).isPresent();
        return direction.reads() || (scope.isPresent() && !isToldWhole && !madeIn.isEmpty());
    }

    /** Whether a record of this kind that the partner does not have is told to it. */
    boolean makes(Kind kind) {
        return (takesRecords() || kind == Kind.STORE)
                && Fields.of(kind).all().stream().anyMatch(field -> takes(field) && !takesLater(field));
    }

    /** Whether records come and go there as we say. */
    public boolean takesRecords() {
        return scope.isPresent() && can.contains(Capability.WRITE_CATALOGUE);
    }
}
