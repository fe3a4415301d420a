package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.KeyRange;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a body whose state does not tell where it lies: two looks for each priority that the queue's bodies have,
 * however many bodies there are.
 */
record LostBody(Database database, JobRef job) {
    /** Where bodies of the job lie; none or one, unless somebody else wrote here. */
    List<BodyKey> keys() {
        List<BodyKey> found = new ArrayList<>();
        Integer priority = priorityFrom(0);
        while (priority != null) {
            BodyKey key = new BodyKey(job, priority);
            if (database.get(Keyspace.body(key)) != null) found.add(key);
            priority = priorityFrom(priority + 1);
        }
        return found;
    }

    /** The smallest priority, from {@code least} on, that a body of the queue was added with. */
    private @Nullable Integer priorityFrom(int least) {
        KeyRange range = Keyspace.bodies(job.queue()).startingAt(Keyspace.bodies(job.queue(), least));
        List<Integer> first = new ArrayList<>(1);
        database.scan(range, false, (key, row) -> {
            try {
                first.add(Keyspace.body(key).addedPriority());
            } catch (MalformedBytesException foreign) {
                return true;
            }
            return false;
        });
        return first.isEmpty() ? null : first.get(0);
    }
}
