package dev.aurochs.queue.job;

/** The job that was waited for failed for good; the message is its reason. */
public final class JobFailedException extends QueueException {
    private static final long serialVersionUID = 1L;

    public JobFailedException(JobRef job, String reason) {
        super("job '" + job.id() + "' of queue '" + job.queue() + "' failed: " + reason, null);
    }
}
