package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of jobs that were claimed and not settled yet: whoever runs them has them in memory anyway. Thread-safe.
 *
 * <p>Bodies are looked up outside of steps. Somebody may change one meanwhile, or settle the job; so a place is kept
 * before the look-up, and what was found is only taken when the place is still there and empty.
 */
final class RunningBodies {
    /** Empty while the body is looked up. */
    private final Map<JobRef, Entry> entries = new ConcurrentHashMap<>();

    private static final class Entry {
        private volatile @Nullable JobBody body;
    }

    @Nullable
    JobBody get(JobRef job) {
        Entry entry = entries.get(job);
        return entry == null ? null : entry.body;
    }

    /** To be called before the body is looked up. */
    void expect(JobRef job) {
        entries.putIfAbsent(job, new Entry());
    }

    /** What was looked up; ignored when it is old already. */
    void found(JobBody body) {
        Entry entry = entries.get(body.ref());
        if (entry == null) return;
        synchronized (entry) {
            if (entry.body == null) entry.body = body;
        }
    }

    /** The body of a job was changed. */
    void changed(JobBody body) {
        Entry entry = entries.get(body.ref());
        if (entry == null) return;
        synchronized (entry) {
            entry.body = body;
        }
    }

    /** The job does not run any more. */
    void remove(JobRef job) {
        entries.remove(job);
    }
}
