package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.poll.Timetable.Name;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resources by the numbers that a schedule knows them by, and the other way round. There may be a million: what their names have in
 * common is kept once, as each message brings words of its own.
 */
final class Roster {
    private static final int[] NONE = {};

    private final Map<Name, Integer> ids = new HashMap<>();
    private final List<@Nullable Name> names = new ArrayList<>();
    private final Map<MerchantId, int[]> ofMerchant = new HashMap<>();
    private final Map<PartnerName, PartnerName> partners = new HashMap<>();
    private final Map<String, String> resources = new HashMap<>();

    void enter(int id, Name given) {
        Name name = common(given);
        while (names.size() <= id) {
            names.add(null);
        }
        names.set(id, name);
        ids.put(name, id);
        int[] others = ofMerchant.getOrDefault(name.merchant(), NONE);
        int[] all = Arrays.copyOf(others, others.length + 1);
        all[others.length] = id;
        ofMerchant.put(name.merchant(), all);
    }

    private Name common(Name given) {
        Feed feed = given.feed();
        int[] others = ofMerchant.getOrDefault(given.merchant(), NONE);
        Name other = others.length == 0 ? null : name(others[0]);
        return new Name(
                other == null ? given.merchant() : other.merchant(),
                new Feed(
                        other != null && other.feed().link().equals(feed.link())
                                ? other.feed().link()
                                : feed.link(),
                        partners.computeIfAbsent(feed.partner(), key -> key),
                        resources.computeIfAbsent(feed.resource(), key -> key)));
    }

    /** Whether it was there. */
    boolean remove(int id) {
        Name name = name(id);
        if (name == null) {
            return false;
        }
        names.set(id, null);
        ids.remove(name);
        int[] left = Arrays.stream(ofMerchant.getOrDefault(name.merchant(), NONE))
                .filter(each -> each != id)
                .toArray();
        if (left.length == 0) {
            ofMerchant.remove(name.merchant());
        } else {
            ofMerchant.put(name.merchant(), left);
        }
        return true;
    }

    @Nullable
    Integer id(Name name) {
        return ids.get(name);
    }

    @Nullable
    Name name(int id) {
        return id >= 0 && id < names.size() ? names.get(id) : null;
    }

    /** A merchant's resources; a copy. */
    Map<Integer, Name> of(MerchantId merchant) {
        Map<Integer, Name> own = new LinkedHashMap<>();
        for (int id : ofMerchant.getOrDefault(merchant, NONE)) {
            Name name = name(id);
            if (name != null) {
                own.put(id, name);
            }
        }
        return own;
    }

    /** All, by number; a copy. */
    Map<Integer, Name> all() {
        Map<Integer, Name> all = new LinkedHashMap<>();
        for (int id = 0; id < names.size(); id++) {
            Name name = names.get(id);
            if (name != null) {
                all.put(id, name);
            }
        }
        return all;
    }

    /** Of all that ever were here. */
    Set<PartnerName> partners() {
        return partners.keySet();
    }

    int size() {
        return ids.size();
    }
}
