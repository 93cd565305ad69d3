package dev.tournant.cluster.merchant;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.japi.function.Function;
import akka.persistence.cassandra.query.javadsl.CassandraReadJournal;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.typed.PersistenceId;
import akka.stream.javadsl.Source;
import dev.tournant.model.MerchantId;
import dev.tournant.persistence.Commit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of merchants' journals, as recovery takes them. */
final class JournalRows {
    private final CassandraReadJournal journal;

    JournalRows(ActorSystem<?> system) {
        this.journal = PersistenceQuery.get(system)
                .getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
    }

    /** @param number counts a merchant's rows from 1 */
    record Row(long number, Commit commit) {}

    /** Rows in order of number, from one up to another, both included. */
    Source<Row, NotUsed> of(MerchantId merchant, long from, long to) {
        String persistenceId =
                PersistenceId.of(Merchant.TYPE.name(), merchant.value()).id();
        return journal.currentEventsByPersistenceId(persistenceId, from, to)
                .map(row -> Optional.of(new Row(row.sequenceNr(), (Commit) row.event())))
                .concat(Source.single(Optional.empty()))
                .statefulMapConcat(Counting::new);
    }

    /** Lets through, of the rows with one number, the one that recovery takes ({@link Replay}). */
    private static final class Counting implements Function<Optional<Row>, Iterable<Row>> {
        private @Nullable Row last;

        @Override
        public Iterable<Row> apply(Optional<Row> next) {
            Row known = last;
            Row row = next.orElse(null);
            if (known != null && row != null && known.number() == row.number()) {
                last = row.commit().token() < known.commit().token() ? known : row;
                return List.of();
            }
            last = row;
            return known == null ? List.of() : List.of(known);
        }
    }
}
