package dev.aurochs.queue.job;

/** There is no such job (any more): never added, removed, or dropped by retention. */
public final class JobNotFoundException extends QueueException {
    private static final long serialVersionUID = 1L;

    public JobNotFoundException(JobRef job) {
        super("queue '" + job.queue() + "' has no job '" + job.id() + "'", null);
    }
}
