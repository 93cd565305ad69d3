package dev.tournant.cluster.schedule;

/**
 * In what each resource waits, one at a time: the queue of newcomers; {@code later}, by the time before which it must not be
 * asked for; what failed and may be asked for again; the calendar, by the time from which a poll is worth its price; or among the
 * ready, the most valuable first. Those of the ready that near their maximum age wait among the {@code aged} as well, the one first
 * that reaches it first.
 */
final class Agenda {
    final IndexedHeap calendar;
    final IndexedHeap ready;
    final IndexedHeap later;
    final IndexedHeap aged;
    final Newcomers newcomers;
    final Failing failing;
    final Share agedShare;
    private final Table table;
    private final IndexedHeap.Places places = new IndexedHeap.Places();
    private final IndexedHeap.Places agedPlaces = new IndexedHeap.Places();

    Agenda(Table table, Shares shares) {
        this.table = table;
        this.calendar = new IndexedHeap(places);
        this.ready = new IndexedHeap(places);
        this.later = new IndexedHeap(places);
        this.aged = new IndexedHeap(agedPlaces);
        this.newcomers = new Newcomers(new Share(shares.newcomers()), new IndexedHeap(places));
        this.failing = new Failing(shares, new IndexedHeap(places), new IndexedHeap(places));
        this.agedShare = new Share(shares.aged());
    }

    void reserve(int ids) {
        places.reserve(ids);
        agedPlaces.reserve(ids);
    }

    void calendar(int id, double due) {
        if (table.place(id) == Table.CALENDAR) {
            calendar.change(id, due);
        } else {
            take(id);
            calendar.push(id, due);
            table.place(id, Table.CALENDAR);
        }
    }

    void ready(int id, double worth) {
        if (table.place(id) == Table.READY) {
            ready.change(id, -worth);
        } else {
            take(id);
            ready.push(id, -worth);
            table.place(id, Table.READY);
        }
    }

    /** It is one of the ready, and reaches its maximum age then. */
    void aged(int id, double deadline) {
        if (aged.has(id)) {
            aged.change(id, deadline);
        } else {
            aged.push(id, deadline);
        }
    }

    /** It is not near its maximum age. */
    void young(int id) {
        if (aged.has(id)) {
            aged.remove(id);
        }
    }

    void later(int id, double at) {
        if (table.place(id) == Table.LATER) {
            later.change(id, at);
        } else {
            take(id);
            later.push(id, at);
            table.place(id, Table.LATER);
        }
    }

    void queue(int id) {
        take(id);
        newcomers.add(id);
        table.place(id, Table.QUEUE);
    }

    /** It failed, and may be asked for again since then. */
    void failed(int id, double since) {
        take(id);
        boolean isRead = table.isRead(id);
        failing.add(id, isRead, since);
        table.place(id, isRead ? Table.FAILING : Table.FAILING_UNREAD);
    }

    /** It waits in nothing from now on. */
    void take(int id) {
        switch (table.place(id)) {
            case Table.CALENDAR -> calendar.remove(id);
            case Table.READY -> {
                ready.remove(id);
                young(id);
            }
            case Table.LATER -> later.remove(id);
            case Table.QUEUE -> newcomers.remove(id);
            case Table.FAILING -> failing.remove(id, true);
            case Table.FAILING_UNREAD -> failing.remove(id, false);
            default -> {
                // It waited in nothing.
            }
        }
        table.place(id, Table.NOWHERE);
    }

    /** When it is due, or may be asked for again; minus infinity if it is ready. */
    double due(int id) {
        return switch (table.place(id)) {
            case Table.CALENDAR -> calendar.key(id);
            case Table.LATER -> later.key(id);
            case Table.READY, Table.FAILING, Table.FAILING_UNREAD -> Double.NEGATIVE_INFINITY;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    long bytes() {
        return places.bytes()
                + agedPlaces.bytes()
                + calendar.bytes()
                + ready.bytes()
                + later.bytes()
                + aged.bytes()
                + newcomers.bytes()
                + failing.bytes();
    }
}
