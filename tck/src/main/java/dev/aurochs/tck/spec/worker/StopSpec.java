package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Traits.Leasing;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs that are told to stop. */
public abstract class StopSpec {
    @Rule({"R10", "W6"})
    @DisplayName("R10: a run that takes too long is interrupted and counts as a failed attempt")
    @Test
    void timedOut(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a", options -> options.timeout(shop.brief()).attempts(2));
            Gate gate = new Gate();
            CompletableFuture<StopReason> told = new CompletableFuture<>();
            shop.worker()
                    .onAny((payload, context) -> {
                        if (context.attempt() == 2) return "second";
                        try {
                            gate.pass(context.name());
                        } finally {
                            context.stopReason().ifPresent(told::complete);
                        }
                        return "never";
                    })
                    .start();
            assertThat(shop.result(job)).hasToString("\"second\"");
            assertThat(Workshop.get(told)).isEqualTo(StopReason.TIMED_OUT);
            shop.look(job, record -> {
                assertThat(record.runs()).isEqualTo(new Runs(2, 2, 0));
                assertThat(record.status().failedReason()).contains("timed out");
            });
        }
    }

    @Rule({"R10", "W6"})
    @DisplayName("R10: a run that was timed out counts as failed whatever it returns; the worker may set the time")
    @Test
    void timedOutYetReturns(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            Gate gate = new Gate();
            shop.worker()
                    .options(WorkerOptions.builder().timeout(shop.brief()).build())
                    .onAny((payload, context) -> {
                        try {
                            gate.pass(context.name());
                        } catch (InterruptedException swallowed) {
                            return "half done";
                        }
                        return "never";
                    })
                    .start();
            assertThat(shop.reason(job))
                    .contains("timed out after " + shop.brief().toMillis() + " ms");
        }
    }

    @Rule({"K7", "W6"})
    @Requires(Capability.CHANGE_WAITING)
    @DisplayName("K7: cancelling a running job interrupts its handler; it fails for good with the reason")
    @Test
    void cancelled(QueueDriver q) {
        q.need(Capability.CHANGE_WAITING);
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a", options -> options.attempts(5));
            Gate gate = new Gate();
            shop.worker()
                    .options(shop.quickLeases().build())
                    .onAny((payload, context) -> {
                        gate.pass(context.name());
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            shop.queue().cancel(job.id().value(), "nobody wants it");
            gate.awaitInterrupted();
            assertThat(shop.reason(job)).isEqualTo("nobody wants it");
            shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(1, 1, 0)));
        }
    }

    @Rule({"W5", "S5"})
    @DisplayName("W5: a run whose lease is lost is interrupted, may store nothing, and its result is dropped")
    @Test
    void lostLease(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            if (shop.queues().info().traits().leasing() != Leasing.RENEWED) return;
            Job job = shop.add("a");
            Gate gate = new Gate();
            CompletableFuture<JobContext> lost = new CompletableFuture<>();
            shop.worker()
                    .options(shop.quickLeases()
                            .name("silent")
                            .stalledInterval(Duration.ofDays(1))
                            .build())
                    .onAny((payload, context) -> {
                        try {
                            gate.pass(context.name());
                        } catch (InterruptedException stopped) {
                            lost.complete(context);
                        }
                        return "of the silent one";
                    })
                    .start();
            gate.awaitEntered(1);
            shop.tap().cutRenewals("silent");
            shop.worker()
                    .options(shop.quickLeases().name("sweeping").build())
                    .onAny((payload, context) -> "stalls " + context.stalls())
                    .start();
            assertThat(shop.result(job)).hasToString("\"stalls 1\"");
            shop.tap().mend("silent");
            JobContext context = Workshop.get(lost);
            assertThat(context.stopReason()).contains(StopReason.LEASE_LOST);
            assertThatThrownBy(() -> context.progress(1)).isInstanceOf(WrongStateException.class);
            assertThatThrownBy(() -> context.log("too late")).isInstanceOf(WrongStateException.class);
            assertThatThrownBy(() -> context.updatePayload(1)).isInstanceOf(WrongStateException.class);
            assertThatThrownBy(context::children).isInstanceOf(WrongStateException.class);
            shop.look(job, record -> {
                assertThat(record.status().result()).hasToString("\"stalls 1\"");
                assertThat(record.runs()).isEqualTo(new Runs(1, 2, 1));
            });
        }
    }

    @Rule("W5")
    @DisplayName("W5: leases are renewed while a handler runs, however long")
    @Test
    void renewed(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            Gate gate = new Gate();
            // Not the shortest: on a busy machine a renewal may be late by some units.
            for (int i = 0; i < 2; i++)
                shop.worker()
                        .options(shop.leases(10).build())
                        .onAny((payload, context) -> {
                            gate.pass(context.name());
                            return "stalls " + context.stalls();
                        })
                        .start();
            gate.awaitEntered(1);
            assertThat(gate.entersWithin(shop.time().units(25).toMillis()))
                    .as("somebody else got it")
                    .isFalse();
            gate.open();
            assertThat(shop.result(job)).hasToString("\"stalls 0\"");
        }
    }

    @Rule({"W11", "S3"})
    @DisplayName("W11: a stalled job is recovered by any worker; beyond maxStalls it fails unrun")
    @Test
    void tooManyStalls(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            if (shop.queues().info().traits().leasing() != Leasing.RENEWED) return;
            Job job = shop.add("a");
            Gate gate = new Gate();
            shop.worker()
                    .options(shop.quickLeases()
                            .name("silent")
                            .stalledInterval(Duration.ofDays(1))
                            .build())
                    .onAny((payload, context) -> {
                        gate.pass(context.name());
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            shop.tap().cutRenewals("silent");
            shop.worker()
                    .options(shop.quickLeases().maxStalls(0).build())
                    .onAny((payload, context) -> "ran again")
                    .start();
            assertThat(shop.reason(job)).contains("stalled");
            shop.look(job, record -> assertThat(record.state()).isEqualTo(JobState.FAILED));
            shop.tap().mend("silent");
            gate.awaitInterrupted();
        }
    }

    @Rule("C9")
    @DisplayName("C9: a handler stores progress, log lines and a new payload, seen by all and by its next run")
    @Test
    void reports(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a", options -> options.attempts(2));
            shop.worker()
                    .onAny((payload, context) -> {
                        if (context.attempt() == 2) return payload;
                        context.progress(0.5);
                        context.log("line 1");
                        context.log("line 2");
                        context.updatePayload(Map.of("step", 2));
                        throw new IllegalStateException("again");
                    })
                    .start();
            assertThat(shop.result(job)).hasToString("{\"step\":2}");
            shop.look(job, record -> {
                assertThat(record.status().progress()).hasToString("0.5");
                assertThat(shop.queue()
                                .log(job.id().value(), PageRequest.first(10))
                                .items())
                        .containsExactly("line 1", "line 2");
            });
        }
    }
}
