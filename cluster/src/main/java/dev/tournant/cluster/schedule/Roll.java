package dev.tournant.cluster.schedule;

/** Which resources there are: they come, go, move, and begin anew. */
final class Roll {
    private final Parts parts;
    private final Table table;

    Roll(Parts parts) {
        this.parts = parts;
        this.table = parts.table();
    }

    /** Returns its number; it waits in nothing yet. */
    int enter(Traits traits, double seenAt) {
        if (table.isFull()) {
            int room = parts.lines().room();
            reserve(room + (room >> 3) + 16);
        }
        int number = parts.sorts().number(traits.of());
        Sort sort = parts.sorts().get(number);
        int id = table.take();
        table.enter(id, traits, number, seenAt);
        parts.sorts().count(sort, 1, table.callsUnchanged(id));
        sort.pool.guess(parts.price().callsPerSecond / table.live());
        parts.beliefs().born(id, sort.pool);
        return id;
    }

    void reserve(int ids) {
        parts.lines().reserve(ids);
        parts.agenda().reserve(ids);
    }

    /** The table was filled in from a snapshot. */
    void resumed(int ids, double now) {
        table.filled(ids);
        for (int id = 0; id < ids; id++) {
            if (table.isLive(id)) {
                parts.beliefs().resumed(id, parts.sort(id).pool);
                parts.sorts().count(parts.sort(id), 1, table.callsUnchanged(id));
            }
        }
        for (int id = 0; id < ids; id++) {
            if (table.isLive(id)) {
                parts.beliefs().weigh(id, parts.sort(id).pool, 0);
                parts.settle(id, now);
            }
        }
    }

    void remove(int id) {
        if (!table.isLive(id)) {
            return;
        }
        Sort sort = parts.sort(id);
        parts.agenda().take(id);
        parts.agenda().failing.ended(id);
        parts.audit().forget(id);
        parts.wanted().forget(id);
        parts.beliefs().gone(id, sort.pool);
        parts.sorts().count(sort, -1, table.callsUnchanged(id));
        table.give(id);
    }

    void unread(int id, double now) {
        if (!table.isLive(id) || !table.isRead(id)) {
            return;
        }
        Sort sort = parts.sort(id);
        parts.audit().forget(id);
        parts.beliefs().gone(id, sort.pool);
        parts.beliefs().born(id, sort.pool);
        table.unread(id);
        if (table.place(id) != Table.UNDER_WAY) {
            parts.settle(id, now);
        }
    }

    void weigh(int id, double weight, double now) {
        if (table.isLive(id)) {
            table.weight(id, (float) Checks.above("weight", weight, 0));
            parts.placing().rekey(id, now);
        }
    }

    void locate(int id, int zoneOffsetSeconds, double now) {
        if (table.isLive(id) && table.locate(id, zoneOffsetSeconds)) {
            parts.placing().rekey(id, now);
        }
    }
}
