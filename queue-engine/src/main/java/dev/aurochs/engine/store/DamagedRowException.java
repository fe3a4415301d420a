package dev.aurochs.engine.store;

import dev.aurochs.queue.job.JobRef;
import org.jspecify.annotations.Nullable;

/** One row cannot be decoded. The engine puts it aside and goes on; nothing else is affected. */
public final class DamagedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JobRef job;

    public DamagedRowException(JobRef job, String problem, @Nullable Throwable cause) {
        super(problem, cause);
        this.job = job;
    }

    public JobRef job() {
        return job;
    }
}
