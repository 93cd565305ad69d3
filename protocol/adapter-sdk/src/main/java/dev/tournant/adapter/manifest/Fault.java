package dev.tournant.adapter.manifest;

/**
 * Something wrong in a manifest.
 *
 * @param line from 1
 * @param path where in the document: {@code records.item.fields.price}; empty for all of it
 */
public record Fault(int line, String path, String detail) {
    @Override
    public String toString() {
        return line + ": " + (path.isEmpty() ? "" : path + ": ") + detail;
    }
}
