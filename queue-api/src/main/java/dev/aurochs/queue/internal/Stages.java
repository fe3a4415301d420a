package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.QueueException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for stages of the SPI, or hands them on. */
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

    /**
     * The stage that a caller gets who does not wait: it tells what was read from the answer, and also that the store
     * could not be asked. What hangs on it runs on {@code callbacks}, or on the caller's thread when it is complete at
     * once (rule A20).
     */
    public static <T, R> CompletionStage<R> told(
            Supplier<CompletionStage<T>> call, Function<T, R> read, String what, Executor callbacks) {
        try {
            return call.get().handleAsync((answer, failure) -> read(answer, failure, read, what), callbacks);
        } catch (BackendUnavailableException away) {
            return CompletableFuture.failedStage(away);
        }
    }

    private static <T, R> R read(T answer, @Nullable Throwable failure, Function<T, R> read, String what) {
        if (failure != null) throw unwrapped(failure, what);
        return read.apply(answer);
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
