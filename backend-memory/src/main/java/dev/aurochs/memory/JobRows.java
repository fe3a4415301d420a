package dev.aurochs.memory;

import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of one job. Guarded by the store's lock. */
final class JobRows {
    @Nullable
    StateRow state;

    @Nullable
    JobBody body;

    List<Failure> failures = List.of();

    @Nullable
    TreeMap<Long, String> log;

    @Nullable
    TreeMap<String, Child> children;

    TreeMap<Long, String> log() {
        if (log == null) log = new TreeMap<>();
        return log;
    }

    /** Keyed by {@link JobRef#toString()}, which orders them. */
    TreeMap<String, Child> children() {
        if (children == null) children = new TreeMap<>();
        return children;
    }
}
