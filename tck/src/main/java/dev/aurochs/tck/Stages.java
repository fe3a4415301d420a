package dev.aurochs.tck;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a backend promised to answer. */
final class Stages {
    private static final long PATIENCE_SECONDS = 30;

    private Stages() {}

    static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw new AssertionError("a stage failed with " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new AssertionError("a stage did not complete within " + PATIENCE_SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a stage", interrupted);
        }
    }
}
