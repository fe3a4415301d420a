package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.Flaw.Cure;
import dev.aurochs.rocksdb.bytes.DeduplicationCodec;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import dev.aurochs.rocksdb.bytes.StateCodec;
import dev.aurochs.rocksdb.bytes.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at who holds the deduplication ids. A flaw here keeps nobody out, as the engine takes no notice of such a row;
 * repairing it makes room.
 */
final class DeduplicationCheck {
    private final Database database;
    private final Cure cure;
    private final Consumer<Flaw> found;
    private final List<Consumer<StepRows>> repairs = new ArrayList<>();

    DeduplicationCheck(Database database, Cure cure, Consumer<Flaw> found) {
        this.database = database;
        this.cure = cure;
        this.found = found;
    }

    /** Answers what puts right what was found. */
    List<Consumer<StepRows>> run() {
        database.scan(Keyspace.all(Table.DEDUPLICATIONS), false, this::look);
        return repairs;
    }

    private boolean look(byte[] key, byte[] row) {
        try {
            look(Keyspace.deduplicationQueue(key), Keyspace.deduplicationId(key), row);
        } catch (MalformedBytesException malformed) {
            repairs.add(rows -> rows.own.delete(rows.own.others, key));
            found.accept(
                    new Flaw(Optional.empty(), Optional.empty(), "the key of a deduplication id cannot be read", cure));
        }
        return true;
    }

    private void look(QueueName queue, String id, byte[] bytes) {
        String problem;
        try {
            problem = problem(DeduplicationCodec.decode(queue, id, bytes));
        } catch (MalformedBytesException malformed) {
            problem = "cannot tell who holds the deduplication id '" + id + "': " + malformed.getMessage();
        }
        if (problem == null) return;
        repairs.add(rows -> rows.deleteDeduplication(queue, id));
        found.accept(Flaw.of(queue, problem, cure));
    }

    /** Null when there is none: whoever holds an id without an end has not finished. */
    private String problem(DeduplicationRow row) {
        if (row.owner() == null || row.until() != null) return null;
        JobRef owner = new JobRef(row.queue(), row.owner());
        byte[] state = database.get(Keyspace.state(owner));
        String held = "has a deduplication id '" + row.id() + "' that is held by job " + owner;
        if (state == null) return held + ", which is not there";
        try {
            return StateCodec.decode(owner, state).state().isFinished() ? held + ", which has finished" : null;
        } catch (MalformedBytesException shownElsewhere) {
            return null;
        }
    }
}
