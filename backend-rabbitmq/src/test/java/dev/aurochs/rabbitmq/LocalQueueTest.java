package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.QueueName;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claims wait for what this process has sent to its queue itself. */
@Timeout(30)
class LocalQueueTest {
    private final LocalQueue queue = new LocalQueue(QueueName.of("mail"));

    @DisplayName(
            "What is sent later holds no claim up: there is always something on the way where jobs become due all the time")
    @Test
    void laterOnes() throws InterruptedException {
        CompletableFuture<Void> before = new CompletableFuture<>();
        queue.expect(before);
        Thread claim = new Thread(queue::awaitArrivals);
        claim.start();
        while (claim.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        queue.expect(new CompletableFuture<>());
        before.complete(null);
        claim.join(4_000);
        assertThat(claim.isAlive()).isFalse();
    }
}
