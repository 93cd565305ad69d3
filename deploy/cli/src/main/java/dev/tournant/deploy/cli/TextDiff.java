package dev.tournant.deploy.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What differs between two texts, as {@code diff -u} says it; nothing where they are the same. */
final class TextDiff {
    private static final int CONTEXT_LINES = 3;

    private TextDiff() {}

    static List<String> of(String name, List<String> before, List<String> after) {
        return UnifiedDiffUtils.generateUnifiedDiff(
                name, name + " (written)", before, DiffUtils.diff(before, after), CONTEXT_LINES);
    }
}
