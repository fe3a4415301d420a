package dev.aurochs.queue.job;

/** The job or queue is there, but not in a state that allows the call. Nothing has changed. */
public final class WrongStateException extends QueueException {
    private static final long serialVersionUID = 1L;

    public WrongStateException(JobRef job, String action, String reason) {
        super("cannot " + action + " job '" + job.id() + "' of queue '" + job.queue() + "': " + reason, null);
    }

    public WrongStateException(QueueName queue, String action, String reason) {
        super("cannot " + action + " queue '" + queue + "': " + reason, null);
    }
}
