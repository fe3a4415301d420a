package dev.aurochs.cli.work;

import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code work} is asked to do.
 *
 * @param command run by {@code sh -c} for each job
 * @param worker the name that the worker of each queue has
 * @param options for the worker of each queue
 * @param grace how long commands may go on after the first signal
 * @param untilEmpty end when none of the queues has anything left to do
 * @param untilIdle end when nothing has run here for this long
 * @param environment the worker's own
 * @param clock the time of day
 */
public record Plan(
        List<QueueName> queues,
        String command,
        String worker,
        WorkerOptions options,
        Duration grace,
        boolean untilEmpty,
        Optional<Duration> untilIdle,
        Map<String, String> environment,
        InstantSource clock) {}
