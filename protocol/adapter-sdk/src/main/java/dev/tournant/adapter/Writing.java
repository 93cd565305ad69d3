package dev.tournant.adapter;

import dev.tournant.model.RecordKey;
import java.util.Map;

/** The half of an adapter that writes. Pure, like all of it: it says which calls to make, and reads their answers. */
public interface Writing {
    /**
     * What the partner holds, as far as a fetched page says: the records' keys are its own names for them. Parts that
     * cannot be read are left out.
     */
    Map<RecordKey, Remote> seen(Payload payload);

    /**
     * How to tell a partner a difference: in few calls, each within the partner's limits, with what is referred to before
     * what refers to it. What cannot be told is refused record by record, never all together.
     */
    Plan plan(Difference difference);

    /** What became of a call. Never throws for what a partner may answer. */
    Result read(Call call, Answer answer);
}
