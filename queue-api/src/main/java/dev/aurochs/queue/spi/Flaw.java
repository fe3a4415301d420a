package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.util.Optional;

/**
 * Something in a store that does not fit the rest.
 *
 * @param queue empty when it cannot be told
 * @param job empty when it is a matter of the whole queue
 * @param problem one sentence, without a full stop
 */
public record Flaw(Optional<QueueName> queue, Optional<JobId> job, String problem, Cure cure) {
    /** What can be done about it. */
    public enum Cure {
        /** A check with repair puts it right. */
        REPAIR,
        REPAIRED,
        /** Nothing: what is lost is lost, and what is left of it is kept aside. */
        NONE
    }

    public static Flaw of(QueueName queue, String problem, Cure cure) {
        return new Flaw(Optional.of(queue), Optional.empty(), problem, cure);
    }

    public static Flaw of(JobRef job, String problem, Cure cure) {
        return new Flaw(Optional.of(job.queue()), Optional.of(job.id()), problem, cure);
    }
}
