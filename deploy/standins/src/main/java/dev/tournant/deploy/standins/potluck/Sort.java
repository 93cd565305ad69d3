package dev.tournant.deploy.standins.potluck;

import java.util.Arrays;
import java.util.Optional;

/** The sorts of objects in a catalogue. */
enum Sort {
    CATEGORY("categories", "categories", "c"),
    ITEM("items", "items", "i"),
    OPTION_GROUP("option_groups", "option-groups", "g");

    private final String list;
    private final String path;
    private final String prefix;

    Sort(String list, String path, String prefix) {
        this.list = list;
        this.path = path;
        this.prefix = prefix;
    }

    /** The member of a page that holds them. */
    String list() {
        return list;
    }

    /** What their ids begin with. */
    String prefix() {
        return prefix;
    }

    static Optional<Sort> ofPath(String segment) {
        return Arrays.stream(values()).filter(each -> each.path.equals(segment)).findFirst();
    }
}
