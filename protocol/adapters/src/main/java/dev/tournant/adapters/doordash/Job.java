package dev.tournant.adapters.doordash;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.Optional;

/**
 * The name of a menu's job, which DoorDash calls its reference. It says which menu the job is about, as DoorDash's ids of
 * menus come with its end only: {@code tournant/dinner/n1}.
 */
final class Job {
    private static final String OURS = "tournant/";

    private Job() {}

    static String named(RecordKey menu, String nonce) {
        return OURS + menu.id() + "/" + nonce;
    }

    /** Our menu; empty for a job that somebody else gave. */
    static Optional<RecordKey> menu(String job) {
        int end = job.indexOf('/', OURS.length());
        if (!job.startsWith(OURS) || end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RecordKey(Kind.MENU, new RecordId(job.substring(OURS.length(), end))));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
