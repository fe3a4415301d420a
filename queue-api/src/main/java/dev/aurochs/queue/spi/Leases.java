package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.Schedules.Chained;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The part of a session that keeps and ends runs. Every call is fenced by its leases (rules C6–C9). */
public interface Leases {
    /**
     * Ends runs, in list order, each atomic alone: one that cannot be ended leaves the others as they are.
     *
     * <p>One stage per settlement; it completes when the settlement has reached the declared ack level.
     */
    List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now);

    /** Keeps leases alive for another lease length from {@code now}; answers in list order. */
    List<Renewed> renew(List<Lease> leases, Instant now);

    /** Progress, log lines and data of running jobs; answers in list order. */
    List<Reported> report(List<Report> batch, Instant now);

    /** The children of a running job. */
    Page<Child> children(Lease parent, PageRequest page);

    /**
     * Puts the next run of a schedule in place, or not when that was done before. Called by the worker after the claim
     * of a scheduled job and before its run; when it throws, the job is not run (rule J4).
     *
     * @param nextAt the next slot of a cron expression, empty when it has none; not used with {@code every}
     */
    default Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now) {
        throw new UnsupportedCapabilityException(
                Capability.SCHEDULES, "present", "let a job add its successor with a delay");
    }
}
