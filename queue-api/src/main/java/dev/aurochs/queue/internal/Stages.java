package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.QueueException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for stages of the SPI. */
public final class Stages {
    private Stages() {}

    /** The stage's answer, or its own exception. An interrupt leaves the outcome unknown and the flag set. */
    public static <T> T join(CompletionStage<T> stage, String what) {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BackendUnavailableException(
                    "interrupted while waiting for " + what + " to be safe",
                    BackendUnavailableException.Outcome.UNKNOWN,
                    stopped);
        } catch (ExecutionException failed) {
            throw unwrapped(failed.getCause(), what);
        }
    }

    /** The exception that a caller of the public API should see. */
    public static QueueException unwrapped(Throwable failure, String what) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof QueueException known) return known;
        return new BackendUnavailableException(
                what + " failed: " + cause, BackendUnavailableException.Outcome.UNKNOWN, cause);
    }
}
