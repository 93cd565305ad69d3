package dev.tournant.cluster.schedule;

import java.util.Arrays;

/**
 * A binary heap of resources by a key, smallest first, in which any can be found. Several heaps share one array of places,
 * as a resource is in at most one of them.
 */
final class IndexedHeap {
    /** Where each resource stands in the heap that it is in. */
    static final class Places {
        private int[] at = new int[0];

        void reserve(int ids) {
            at = Arrays.copyOf(at, ids);
        }

        long bytes() {
            return 4L * at.length;
        }
    }

    private final Places places;
    private int[] ids = new int[8];
    private double[] keys = new double[8];
    private int size;

    IndexedHeap(Places places) {
        this.places = places;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The one with the smallest key; there must be one. */
    int first() {
        return ids[0];
    }

    double firstKey() {
        return size == 0 ? Double.POSITIVE_INFINITY : keys[0];
    }

    /** The resource at a place from 0 to below {@link #size}. */
    int at(int place) {
        return ids[place];
    }

    boolean has(int id) {
        if (size == 0) {
            return false;
        }
        int place = places.at[id];
        return place < size && ids[place] == id;
    }

    double key(int id) {
        return keys[places.at[id]];
    }

    void push(int id, double key) {
        if (size == ids.length) {
            int room = size + (size >> 3) + 8;
            ids = Arrays.copyOf(ids, room);
            keys = Arrays.copyOf(keys, room);
        }
        up(size++, id, key);
    }

    int pop() {
        int first = ids[0];
        remove(first);
        return first;
    }

    void remove(int id) {
        int place = places.at[id];
        size--;
        if (place < size) {
            settle(place, ids[size], keys[size]);
        }
    }

    void change(int id, double key) {
        settle(places.at[id], id, key);
    }

    private void settle(int place, int id, double key) {
        if (place > 0 && key < keys[(place - 1) >> 1]) {
            up(place, id, key);
        } else {
            down(place, id, key);
        }
    }

    private void up(int from, int id, double key) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >> 1;
            if (keys[parent] <= key) {
                break;
            }
            put(place, ids[parent], keys[parent]);
            place = parent;
        }
        put(place, id, key);
    }

    private void down(int from, int id, double key) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            put(place, ids[child], keys[child]);
            place = child;
        }
        put(place, id, key);
    }

    private void put(int place, int id, double key) {
        ids[place] = id;
        keys[place] = key;
        places.at[id] = place;
    }

    long bytes() {
        return 12L * ids.length;
    }
}
