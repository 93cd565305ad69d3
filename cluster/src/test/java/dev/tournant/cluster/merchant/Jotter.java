package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A partner that sends {@code EVENT VERSION ITEM NAME}. Its adapter has a defect until it is corrected. */
final class Jotter implements Adapter {
    private volatile boolean corrected;

    /** Reads umlauts from now on, and items whose name is missing. */
    void correct() {
        corrected = true;
    }

    @Override
    public PartnerName partner() {
        return new PartnerName("square");
    }

    @Override
    public Reading read(Payload payload) {
        String[] words = new String(payload.body(), StandardCharsets.UTF_8).split(" ", -1);
        if (words.length < 4 && !corrected) {
            return Reading.nothing("$", "has no name");
        }
        String name = words.length < 4 ? words[2] : words[3];
        long version = Long.parseLong(words[1]);
        RecordDelta delta = RecordDelta.set(
                RecordKey.of(Kind.ITEM, words[2]),
                new Stamp(version, 0),
                version,
                FieldMap.of(Item.NAME, corrected ? name : name.replaceAll("[^a-z]", "?")));
        return Reading.of(new PartnerEvent(words[0], List.of(delta), List.of()));
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public AuthScheme authentication() {
        return new StaticHeader(PrefixedHeader.bearer(), Keyring.ACCESS_TOKEN);
    }

    @Override
    public List<Limit> limits() {
        return List.of();
    }

    @Override
    public Refusals refusals() {
        return Refusals.at("code", "message");
    }

    @Override
    public List<String> resources() {
        return List.of();
    }

    @Override
    public Request open(Fetch fetch) {
        throw new UnsupportedOperationException("it sends everything by itself");
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        throw new UnsupportedOperationException("it sends everything by itself");
    }
}
