package dev.tournant.cluster.gate;

import java.util.Arrays;

/**
 * Calls by id, each in one of a few lists, in flat arrays: no object a call. A call has a place, a number that stays its
 * own while it is in the table.
 */
final class Calls {
    static final int NONE = -1;

    private static final int PLACES_FIRST = 16;

    private final int[] heads;
    private final int[] tails;
    private final int[] sizes;

    private long[] ids = new long[PLACES_FIRST];
    private long[] dues = new long[PLACES_FIRST];
    private long[] marks = new long[PLACES_FIRST];
    private int[] befores = new int[PLACES_FIRST];
    /** Of a free place: the next free one. */
    private int[] nexts = new int[PLACES_FIRST];

    private byte[] lists = new byte[PLACES_FIRST];
    private int free = NONE;
    private int made;

    /** Places by hash of id, plus one; 0 for none. Twice as long as there are places, so that it is never full. */
    private int[] index = new int[2 * PLACES_FIRST];

    Calls(int lists) {
        heads = filled(lists, NONE);
        tails = filled(lists, NONE);
        sizes = new int[lists];
    }

    private static int[] filled(int length, int value) {
        int[] array = new int[length];
        Arrays.fill(array, value);
        return array;
    }

    /** The place of an id; {@link #NONE} if it is not here. */
    int find(long id) {
        int slot = slot(id);
        while (index[slot] != 0 && ids[index[slot] - 1] != id) {
            slot = (slot + 1) & (index.length - 1);
        }
        return index[slot] - 1;
    }

    private int slot(long id) {
        // The golden ratio spreads ids that follow one another.
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (index.length - 1);
    }

    /** Adds a call that is not here at the end of a list. */
    int add(int list, long id, long due, long mark) {
        if (free == NONE && made == ids.length) {
            grow();
        }
        int place = free;
        if (place == NONE) {
            place = made++;
        } else {
            free = nexts[place];
        }
        ids[place] = id;
        enter(place);
        append(list, place, due, mark);
        return place;
    }

    private void enter(int place) {
        int slot = slot(ids[place]);
        while (index[slot] != 0) {
            slot = (slot + 1) & (index.length - 1);
        }
        index[slot] = place + 1;
    }

    private void grow() {
        int places = 2 * made;
        ids = Arrays.copyOf(ids, places);
        dues = Arrays.copyOf(dues, places);
        marks = Arrays.copyOf(marks, places);
        befores = Arrays.copyOf(befores, places);
        nexts = Arrays.copyOf(nexts, places);
        lists = Arrays.copyOf(lists, places);
        index = new int[2 * places];
        for (int place = 0; place < made; place++) {
            enter(place);
        }
    }

    /** Moves a call to the end of a list. */
    void move(int place, int list, long due, long mark) {
        unlink(place);
        append(list, place, due, mark);
    }

    private void append(int list, int place, long due, long mark) {
        dues[place] = due;
        marks[place] = mark;
        lists[place] = (byte) list;
        nexts[place] = NONE;
        befores[place] = tails[list];
        if (tails[list] == NONE) {
            heads[list] = place;
        } else {
            nexts[tails[list]] = place;
        }
        tails[list] = place;
        sizes[list]++;
    }

    private void unlink(int place) {
        int list = lists[place];
        int before = befores[place];
        int next = nexts[place];
        if (before == NONE) {
            heads[list] = next;
        } else {
            nexts[before] = next;
        }
        if (next == NONE) {
            tails[list] = before;
        } else {
            befores[next] = before;
        }
        sizes[list]--;
    }

    void remove(int place) {
        unlink(place);
        leave(place);
        nexts[place] = free;
        free = place;
    }

    /** Closes the gap, so that those behind it are still found. */
    private void leave(int place) {
        int mask = index.length - 1;
        int gap = slot(ids[place]);
        while (index[gap] != place + 1) {
            gap = (gap + 1) & mask;
        }
        for (int at = (gap + 1) & mask; index[at] != 0; at = (at + 1) & mask) {
            int home = slot(ids[index[at] - 1]);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                index[gap] = index[at];
                gap = at;
            }
        }
        index[gap] = 0;
    }

    /** The first of a list; {@link #NONE} if it is empty. */
    int head(int list) {
        return heads[list];
    }

    /** The one behind it in its list; {@link #NONE} for the last. */
    int next(int place) {
        return nexts[place];
    }

    int size(int list) {
        return sizes[list];
    }

    int list(int place) {
        return lists[place];
    }

    long id(int place) {
        return ids[place];
    }

    /** When something happens to it by time alone. */
    long due(int place) {
        return dues[place];
    }

    /** Of one that waits: its place in the order of arrival; of one in flight: when it was granted. */
    long mark(int place) {
        return marks[place];
    }
}
