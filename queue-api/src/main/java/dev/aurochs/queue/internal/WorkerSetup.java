package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the loops of one worker need.
 *
 * @param timeout run timeout of jobs that bring none, or null
 * @param troubles told of what the loops could not do
 */
public record WorkerSetup(
        QueueBackend backend,
        QueueName queue,
        WorkerProfile profile,
        Slots slots,
        Runner runner,
        RetryPolicy retries,
        Executor executor,
        InstantSource time,
        @Nullable Duration timeout,
        Troubles troubles) {}
