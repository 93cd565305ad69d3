package dev.tournant.cluster.sync;

import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;

/**
 * An item of which only the stock is known, or whether it is on sale: a count came before the catalogue, or of something
 * that is in no catalogue. It is kept, so that nothing is lost, and told to nobody.
 */
final class Undescribed {
    private Undescribed() {}

    static boolean is(RecordKey key, FieldMap fields) {
        if (key.kind() != Kind.ITEM) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            FieldGroup group = FieldGroup.of(fields.field(i));
            boolean describes = group != FieldGroup.STOCK && group != FieldGroup.AVAILABILITY;
            if (describes && fields.value(i) != null) {
                return false;
            }
        }
        return true;
    }
}
