package dev.tournant.adapter.manifest;

import dev.tournant.model.InvalidValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, so that all of it is said at once. */
final class Faults {
    /** Who has so many does not read them one by one. */
    private static final int FAULTS_MAX = 100;

    private final List<Fault> faults = new ArrayList<>();

    /** One fault, where reading cannot go on in this part of the file. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        Found(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    /** What {@code read} makes of a part; null where it is at fault, which is noted. */
    <T> @Nullable T attempt(Yaml part, Supplier<T> read) {
        try {
            return read.get();
        } catch (Found e) {
            add(e.fault);
        } catch (InvalidValue e) {
            add(part.fault(e).fault);
        }
        return null;
    }

    void add(Fault fault) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(fault);
        }
    }

    void throwIfAny(String file) throws ManifestException {
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(Fault::line));
            throw new ManifestException(file, faults);
        }
    }
}
