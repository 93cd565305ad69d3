package dev.tournant.cluster.difference;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Remote;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nonce of a difference: a name made of all that the difference says. Calls bear it as their idempotency keys and jobs
 * as their references. So a difference that is handed over again after a crash makes the calls that the partner knows
 * already, and carries out once; any other difference makes calls of its own.
 *
 * <p>It has 16 characters of 0-9 and a-v, the first 80 bits of a SHA-256: it stands in any header, path or JSON, and among a
 * million differences of one link two share it once in two trillion times.
 */
public final class Nonces {
    private Nonces() {}

    /** The same difference under its nonce, whatever it had before. */
    public static Difference named(Difference difference, long epoch) {
        return new Difference(
                difference.link(),
                difference.currency(),
                difference.wanted(),
                difference.removed(),
                difference.remotes(),
                difference.whole(),
                difference.pending(),
                of(difference, epoch),
                difference.now());
    }

    /**
     * Of everything but the nonce that it has and when it was made.
     *
     * @param epoch counts the pushes of the link whose ends are written down: what was told once, was changed there, and is
     *     told again as it was, is another push
     */
    public static String of(Difference difference, long epoch) {
        Canonical all = new Canonical()
                .number(epoch)
                .text(difference.link().id().value())
                .text(difference.link().account())
                .textOrNone(difference.link().location())
                .text(difference.currency().getCurrencyCode());
        records(all, difference.wanted());
        keys(all, difference.removed());
        remotes(all, difference.remotes());
        records(all, difference.whole());
        all.list(difference.pending().size());
        new TreeSet<>(difference.pending()).forEach(all::text);
        return all.name();
    }

    private static void records(Canonical all, Map<RecordKey, FieldMap> records) {
        all.list(records.size());
        new TreeMap<>(records).forEach((key, fields) -> {
            key(all, key);
            all.plain(fields.write());
        });
    }

    private static void keys(Canonical all, Set<RecordKey> keys) {
        all.list(keys.size());
        new TreeSet<>(keys).forEach(key -> key(all, key));
    }

    private static void remotes(Canonical all, Map<RecordKey, Remote> remotes) {
        all.list(remotes.size());
        new TreeMap<>(remotes).forEach((key, remote) -> {
            key(all, key);
            all.text(remote.id().value()).number(remote.version()).document(remote.document());
        });
    }

    private static void key(Canonical all, RecordKey key) {
        all.text(key.kind().json()).text(key.id().value());
    }
}
