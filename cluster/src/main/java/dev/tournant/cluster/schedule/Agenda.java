package dev.tournant.cluster.schedule;

/**
 * In what each resource waits, one at a time: the queue of newcomers; {@code later}, by the time before which it must not be
 * asked for; the calendar, by the time from which a poll is worth its price; or among the ready, the most valuable first.
 */
final class Agenda {
    final IndexedHeap calendar;
    final IndexedHeap ready;
    final IndexedHeap later;
    final Newcomers newcomers;
    private final Table table;
    private final IndexedHeap.Places places = new IndexedHeap.Places();

    Agenda(Table table, double newcomerShare) {
        this.table = table;
        this.calendar = new IndexedHeap(places);
        this.ready = new IndexedHeap(places);
        this.later = new IndexedHeap(places);
        this.newcomers = new Newcomers(newcomerShare, new IndexedHeap(places));
    }

    void reserve(int ids) {
        places.reserve(ids);
    }

    void calendar(int id, double due) {
        if (table.place[id] == Table.CALENDAR) {
            calendar.change(id, due);
        } else {
            take(id);
            calendar.push(id, due);
            table.place[id] = Table.CALENDAR;
        }
    }

    void ready(int id, double worth) {
        if (table.place[id] == Table.READY) {
            ready.change(id, -worth);
        } else {
            take(id);
            ready.push(id, -worth);
            table.place[id] = Table.READY;
        }
    }

    void later(int id, double at) {
        if (table.place[id] == Table.LATER) {
            later.change(id, at);
        } else {
            take(id);
            later.push(id, at);
            table.place[id] = Table.LATER;
        }
    }

    void queue(int id) {
        take(id);
        newcomers.add(id);
        table.place[id] = Table.QUEUE;
    }

    /** It waits in nothing from now on. */
    void take(int id) {
        switch (table.place[id]) {
            case Table.CALENDAR -> calendar.remove(id);
            case Table.READY -> ready.remove(id);
            case Table.LATER -> later.remove(id);
            case Table.QUEUE -> newcomers.remove(id);
            default -> {
                // It waited in nothing.
            }
        }
        table.place[id] = Table.NOWHERE;
    }

    /** When it is due, or may be asked for again; minus infinity if it is ready. */
    double due(int id) {
        return switch (table.place[id]) {
            case Table.CALENDAR -> calendar.key(id);
            case Table.LATER -> later.key(id);
            case Table.READY -> Double.NEGATIVE_INFINITY;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    long bytes() {
        return places.bytes() + calendar.bytes() + ready.bytes() + later.bytes() + newcomers.bytes();
    }
}
