package dev.aurochs.queue.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.ClaimedJob;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Begin, stop and end of a run, in any order. */
@Timeout(60)
class RunTest {
    private final Run run = run();

    @DisplayName("A run that is told to stop before it begins does not begin")
    @Test
    void stoppedBefore() {
        assertThat(run.stop(StopReason.CANCELLED, "not wanted")).isTrue();
        assertThat(run.begin()).isFalse();
        assertThat(run.hasBegun()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(run.stopReason()).isEqualTo("not wanted");
    }

    @DisplayName("A running one is interrupted; its thread keeps no interrupt behind")
    @Test
    void stoppedWhile() {
        assertThat(run.begin()).isTrue();
        assertThat(run.stop(StopReason.TIMED_OUT, "too long")).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        run.end();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(run.stopped()).isEqualTo(StopReason.TIMED_OUT);
    }

    @DisplayName("The first reason to stop wins")
    @Test
    void firstReason() {
        run.begin();
        assertThat(run.stop(StopReason.LEASE_LOST, "lost")).isTrue();
        assertThat(run.stop(StopReason.CLOSING, "closing")).isFalse();
        assertThat(run.stopped()).isEqualTo(StopReason.LEASE_LOST);
        run.end();
    }

    @DisplayName("One that has ended cannot be stopped, and nobody is interrupted for it")
    @Test
    void stoppedAfter() {
        run.begin();
        run.end();
        assertThat(run.hasBegun()).isTrue();
        assertThat(run.stop(StopReason.CLOSING, "closing")).isFalse();
        assertThat(run.stopped()).isNull();
        assertThat(Thread.interrupted()).isFalse();
    }

    @DisplayName("A run is settled once")
    @Test
    void settledOnce() {
        assertThat(run.isOver()).isFalse();
        assertThat(run.takeSettling()).isTrue();
        assertThat(run.takeSettling()).isFalse();
        assertThat(run.isOver()).isTrue();
    }

    @DisplayName(
            "Stop racing with end: either it stops the run, or it comes too late; never an interrupt for what follows")
    @Test
    void race() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 2_000; round++) {
                Run each = run();
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Boolean> interruptedLater = two.submit(() -> {
                    boolean begun = each.begin();
                    together.await();
                    if (begun) each.end();
                    return Thread.interrupted();
                });
                Future<Boolean> stopped = two.submit(() -> {
                    together.await();
                    return each.stop(StopReason.TIMED_OUT, "too long");
                });
                boolean told = stopped.get();
                assertThat(interruptedLater.get()).isFalse();
                assertThat(each.stopped() != null).isEqualTo(told);
            }
        } finally {
            two.shutdownNow();
        }
    }

    private static Run run() {
        FakeSession session = new FakeSession();
        var job = Records.job("a");
        return new Run(new ClaimedJob(job, new Lease(job.ref(), new LeaseToken("t"))), session);
    }
}
