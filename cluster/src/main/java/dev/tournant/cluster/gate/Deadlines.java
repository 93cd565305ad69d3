package dev.tournant.cluster.gate;

import java.util.Arrays;

/** The places of calls by their deadlines, the first one first: a binary heap in flat arrays. */
final class Deadlines {
    private int[] heap = new int[16];
    private long[] dues = new long[16];
    /** Where in the heap a place is. */
    private int[] positions = new int[16];

    private int size;

    void add(int place, long due) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            dues = Arrays.copyOf(dues, 2 * size);
        }
        if (place >= positions.length) {
            positions = Arrays.copyOf(positions, Math.max(place + 1, 2 * positions.length));
        }
        size++;
        up(size - 1, place, due);
    }

    /** Removes a place that is here. */
    void remove(int place) {
        int gap = positions[place];
        size--;
        if (gap == size) {
            return;
        }
        int last = heap[size];
        long due = dues[size];
        if (gap > 0 && dues[(gap - 1) / 2] > due) {
            up(gap, last, due);
        } else {
            down(gap, last, due);
        }
    }

    /** When the first one is due; {@link Nanos#NEVER} if there is none. */
    long first() {
        return size == 0 ? Nanos.NEVER : dues[0];
    }

    /** The one that is due first; there has to be one. */
    int firstPlace() {
        return heap[0];
    }

    private void up(int from, int place, long due) {
        int at = from;
        while (at > 0 && dues[(at - 1) / 2] > due) {
            put(at, heap[(at - 1) / 2], dues[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, place, due);
    }

    private void down(int from, int place, long due) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && dues[child + 1] < dues[child]) {
                child++;
            }
            if (dues[child] >= due) {
                break;
            }
            put(at, heap[child], dues[child]);
            at = child;
        }
        put(at, place, due);
    }

    private void put(int at, int place, long due) {
        heap[at] = place;
        dues[at] = due;
        positions[place] = at;
    }
}
