package dev.tournant.deploy.standins.toast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What webhooks can be about: each is subscribed to on its own, with a secret of its own. */
public enum Category {
    MENUS,
    STOCK;

    /** As it stands in events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Category> of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst();
    }
}
