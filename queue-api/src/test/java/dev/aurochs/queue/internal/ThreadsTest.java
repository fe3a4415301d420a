package dev.aurochs.queue.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Threads and time. */
class ThreadsTest {
    @DisplayName("W12: threads are named aurochs-<queue>-<role>-<n>")
    @Test
    void names() {
        assertThat(Threads.named("mail", "claim", 1, false, () -> {}).getName()).isEqualTo("aurochs-mail-claim-1");
        assertThat(Threads.named("mail", "claim", 1, false, () -> {}).isDaemon())
                .isFalse();
        var factory = Threads.factory("mail", "timeout");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("aurochs-mail-timeout-1");
        Thread second = factory.newThread(() -> {});
        assertThat(second.getName()).isEqualTo("aurochs-mail-timeout-2");
        assertThat(second.isDaemon()).isTrue();
    }

    @DisplayName("W12: handlers run on threads named run, virtual ones where the JVM has them")
    @Test
    void processors() throws Exception {
        ExecutorService executor = Threads.forProcessors("mail");
        try {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            executor.execute(() -> thread.complete(Thread.currentThread()));
            Thread ran = thread.get(10, TimeUnit.SECONDS);
            assertThat(ran.getName()).isEqualTo("aurochs-mail-run-1");
            assertThat(ran.isDaemon()).isTrue();
            boolean isVirtual = Runtime.version().feature() >= 21
                    && (Boolean) Thread.class.getMethod("isVirtual").invoke(ran);
            assertThat(isVirtual).isEqualTo(Runtime.version().feature() >= 21);
        } finally {
            Threads.end(executor);
        }
        assertThat(executor.isTerminated()).isTrue();
    }

    @DisplayName("Time never runs backwards, is near the wall clock, and has whole milliseconds")
    @Test
    void time() {
        SystemTime time = new SystemTime();
        Instant last = time.instant();
        assertThat(last).isBetween(Instant.now().minusSeconds(1), Instant.now().plusSeconds(1));
        for (int i = 0; i < 200_000; i++) {
            Instant next = time.instant();
            assertThat(next.isBefore(last)).isFalse();
            last = next;
        }
        assertThat(last.truncatedTo(ChronoUnit.MILLIS)).isEqualTo(last);
    }
}
