package dev.aurochs.cli.work;

import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code work} is asked to do.
 *
 * @param command run by {@code sh -c} for each job
 * @param options for the worker of each queue
 * @param grace how long commands may go on after the first signal
 * @param untilEmpty end when none of the queues has anything left to do
 * @param untilIdle end when nothing has run here for this long
 * @param environment the worker's own
 */
public record Plan(
        List<QueueName> queues,
        String command,
        WorkerOptions options,
        Duration grace,
        boolean untilEmpty,
        Optional<Duration> untilIdle,
        Map<String, String> environment) {}
