package dev.tournant.adapters.toast;

import dev.tournant.adapter.Reading.Unreadable;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a document could not be read. Of a complete list, what is not mentioned is gone: so where something stands
 * that cannot be told, nothing of its kinds may be taken for gone.
 */
final class ToastReport {
    /** A value that several fields are made of is reported once. */
    private final Set<Unreadable> unreadable = new LinkedHashSet<>();

    private final Set<Kind> doubtful = EnumSet.noneOf(Kind.class);

    /** A value of a record that is known. */
    void value(String path, String record, InvalidValue e) {
        unreadable.add(new Unreadable(Toast.path(path, e.path()), record, e.detail()));
    }

    /** Records of these kinds that nobody can name, and with them all that stands in them. */
    void unnamed(String path, InvalidValue e, Set<Kind> kinds) {
        value(path, "", e);
        doubtful.addAll(kinds);
    }

    /** A part that holds these kinds is not there. */
    void missing(Set<Kind> kinds) {
        doubtful.addAll(kinds);
    }

    boolean isWhole(Kind kind) {
        return !doubtful.contains(kind);
    }

    List<Unreadable> unreadable() {
        return List.copyOf(unreadable);
    }
}
