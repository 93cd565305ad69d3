package dev.tournant.cluster.merchant;

import dev.tournant.model.FieldMap;

/** What people at simulated partners do, and who remembers it. */
interface SimWorld {
    /** An item that nobody has yet. */
    FieldMap newItem(String by);

    /** One field with another value. */
    FieldMap edited(String by);

    void noteEdit(SimPartner at, SimPartner.Thing thing, FieldMap edit);

    /** What was said of it here before may never have been heard. */
    void noteDeleted(SimPartner at, SimPartner.Thing thing);

    void log(String line);
}
