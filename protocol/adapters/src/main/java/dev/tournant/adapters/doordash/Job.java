package dev.tournant.adapters.doordash;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.Optional;

/**
 * The name of a menu's job, which DoorDash calls its reference. It says which menu the job is about, as DoorDash's ids of
 * menus come with its end only, and whether some of what it tells stands on menus that are told next: {@code tournant/dinner/n1}
 * and {@code tournant/dinner/n1/part}.
 */
final class Job {
    private static final String OURS = "tournant/";
    private static final String PART = "/part";

    private Job() {}

    static String named(RecordKey menu, String nonce) {
        return OURS + menu.id() + "/" + nonce;
    }

    static String part(RecordKey menu, String nonce) {
        return named(menu, nonce) + PART;
    }

    /** Whether what it was about is not told yet when it is done; one that is made again with less is what it was. */
    static boolean isPart(String job) {
        int end = job.indexOf('/', OURS.length());
        return job.startsWith(OURS) && end > 0 && job.indexOf(PART, end + 1) > 0;
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
