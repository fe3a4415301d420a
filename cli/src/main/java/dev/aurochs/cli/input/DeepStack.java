package dev.aurochs.cli.input;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Runs a deep recursion where there is room for it, whatever stack the JVM gives its threads. */
final class DeepStack {
    private static final long BYTES = 64L << 20;

    private DeepStack() {}

    /** What the recursion answers or throws. */
    static <T> T call(Supplier<T> recursion) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                answer.complete(recursion.get());
            } catch (RuntimeException | Error thrown) {
                answer.completeExceptionally(thrown);
            }
        };
        new Thread(null, run, "aurochs-deep-stack", BYTES).start();
        try {
            return answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException thrown) throw thrown;
            if (failed.getCause() instanceof Error thrown) throw thrown;
            throw failed;
        }
    }
}
