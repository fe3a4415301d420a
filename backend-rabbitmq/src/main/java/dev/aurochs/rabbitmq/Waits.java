package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the broker's confirm; for callers' threads only. */
final class Waits {
    private static final long PATIENCE_SECONDS = 35;

    private Waits() {}

    static void join(CompletableFuture<?> answer, String doing) {
        try {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw Troubles.away(doing, Outcome.UNKNOWN, failed);
        } catch (TimeoutException late) {
            throw Troubles.away(doing, Outcome.UNKNOWN, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Troubles.away(doing, Outcome.UNKNOWN, interrupted);
        }
    }
}
