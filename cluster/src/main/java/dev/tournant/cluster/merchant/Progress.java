package dev.tournant.cluster.merchant;

import dev.tournant.messages.Fact;
import dev.tournant.messages.Revision;
import dev.tournant.model.Field;
import dev.tournant.model.Fields;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Commit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What revisions change, while they are applied one after another. */
final class Progress {
    private @Nullable MerchantProfile profile;
    private long revision;
    private long profileRevision;
    private Stamp clock;
    private RecordTable records;

    Progress(@Nullable MerchantProfile profile, long revision, long profileRevision, Stamp clock, RecordTable records) {
        this.profile = profile;
        this.revision = revision;
        this.profileRevision = profileRevision;
        this.clock = clock;
        this.records = records;
    }

    @Nullable
    MerchantProfile profile() {
        return profile;
    }

    long profileRevision() {
        return profileRevision;
    }

    Stamp clock() {
        return clock;
    }

    long revision() {
        return revision;
    }

    RecordTable records() {
        return records;
    }

    /** Takes over what revisions led to, where deciding them has computed it. */
    void absorb(int revisions, Collection<FlatRecord> touched) {
        revision += revisions;
        for (FlatRecord record : touched) {
            records = records.with(record);
        }
    }

    void apply(Commit part) {
        part.revisions().forEach(this::revise);
        part.repetitions().forEach(this::repeat);
    }

    private void repeat(Commit.Repetition said) {
        FlatRecord record = records.get(said.key());
        if (record != null) {
            Fields known = Fields.of(said.key().kind());
            List<Field<?>> fields = new ArrayList<>(said.fields().size());
            said.fields().forEach(name -> fields.add(known.get(name)));
            // What another link changed later in the same row is not what was said again.
            fields.removeIf(field -> record.provenance(field)
                    .filter(from -> from.link().equals(said.link()))
                    .isEmpty());
            Provenance by = new Provenance(said.link(), said.event(), said.stamp(), said.version());
            records = records.with(record.afterRepetition(fields, by));
        }
    }

    private void revise(Revision change) {
        revision = change.number();
        for (Fact fact : change.facts()) {
            if (fact instanceof Fact.ProfileSet set) {
                profile = set.profile();
                profileRevision = change.number();
            } else if (fact instanceof Fact.RecordsChanged changed) {
                changed.deltas()
                        .forEach(delta -> apply(delta, delta.provenance(change.link(), change.event()), change));
            } else if (fact instanceof Fact.CameForward forward) {
                apply(forward.delta(), forward.provenance(), change);
            } else if (!(fact instanceof Fact.NotKept)) {
                throw new IllegalStateException("a fact that this version does not know: " + fact);
            }
        }
    }

    private void apply(RecordDelta delta, Provenance by, Revision change) {
        FlatRecord before = records.get(delta.key());
        FlatRecord record = before == null ? FlatRecord.unknown(delta.key()) : before;
        records = records.with(record.after(delta, by, change.number()));
        if (change.link().equals(Provenance.API) && delta.stamp().compareTo(clock) > 0) {
            clock = delta.stamp();
        }
    }
}
