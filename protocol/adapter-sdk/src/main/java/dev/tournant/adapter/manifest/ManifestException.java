package dev.tournant.adapter.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** A manifest cannot be used; says everything that was found wrong, line by line: {@code potluck.yaml:7: partner: …}. */
public final class ManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    ManifestException(String file, List<Fault> faults) {
        super(faults.stream().map(fault -> file + ":" + fault).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** In order of lines. */
    public List<Fault> faults() {
        return faults;
    }
}
