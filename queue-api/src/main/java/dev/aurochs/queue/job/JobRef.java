package dev.aurochs.queue.job;

/** Where a job is found: its queue and its id. */
public record JobRef(QueueName queue, JobId id) {
    public static JobRef of(String queue, String id) {
        return new JobRef(QueueName.of(queue), JobId.of(id));
    }

    /** {@code queue:id}, the form in which children's results are keyed. */
    @Override
    public String toString() {
        return queue + ":" + id;
    }
}
