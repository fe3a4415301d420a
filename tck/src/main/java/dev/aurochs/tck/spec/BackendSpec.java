package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.UnsupportedCapabilityException;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a backend says of itself. */
public abstract class BackendSpec {
    @Rule("B1")
    @DisplayName("B1: what is declared is what was promised, and does not change")
    @Test
    void promised(QueueDriver q) {
        BackendInfo info = q.backend().info();
        assertThat(info.capabilities()).isEqualTo(q.fixture().promised());
        q.fill("a");
        q.expectRuns("a");
        assertThat(q.backend().info()).isEqualTo(info);
        assertThat(info.name()).isNotBlank();
        assertThat(info.traits().priorityLevels()).isPositive();
        assertThat(info.limits().maxUnit()).isPositive();
        assertThat(info.limits().maxBatch()).isPositive();
    }

    @Rule("B2")
    @DisplayName("B2: asking for an absent capability names it, and a declared one is not refused")
    @Test
    void require(QueueDriver q) {
        BackendInfo info = q.backend().info();
        for (Capability capability : Capability.values()) {
            if (info.has(capability)) {
                info.require(capability, "nothing to do");
                continue;
            }
            assertThatExceptionOfType(UnsupportedCapabilityException.class)
                    .isThrownBy(() -> info.require(capability, "take another backend"))
                    .withMessageContainingAll(capability.name(), info.name(), "take another backend")
                    .satisfies(refusal -> assertThat(refusal.capability()).isEqualTo(capability));
        }
    }

    @Rule("B2")
    @DisplayName("B2: a limit on the queue is set or refused")
    @Requires(Capability.QUEUE_LIMIT)
    @Test
    void queueLimit(QueueDriver q) {
        RateLimit limit = new RateLimit(5, q.time().units(10));
        q.configure(QueueDriver.MAIN, new QueueChange.SetRateLimit(Optional.of(limit)));
        q.fill("a");
        q.expectRuns("a");
    }

    @Rule("B2")
    @DisplayName("B2: a bound on running jobs is set or refused")
    @Requires(Capability.GLOBAL_CONCURRENCY)
    @Test
    void globalConcurrency(QueueDriver q) {
        q.configure(QueueDriver.MAIN, new QueueChange.SetConcurrency(OptionalInt.of(1)));
        q.fill("a");
        q.expectRuns("a");
    }

    @Rule("B2")
    @DisplayName("B2: a deduplication id is honoured or refused")
    @Requires(Capability.DEDUPLICATION)
    @Test
    void deduplication(QueueDriver q) {
        q.add(job("a").with(options ->
                options.deduplication(new Deduplication("once", q.time().units(9)))));
        q.expectRuns("a");
    }

    @Rule("B7")
    @DisplayName("B7: a store that is not there any more: every call fails as temporary and not applied")
    @Test
    void storeGone(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        q.closeBackend();
        Map<String, ThrowingCallable> calls = Map.of(
                "claim", () -> run.worker().session().claim(1, LeaseToken.random(), q.now()),
                "settle", run::complete,
                "renew", run::renew,
                "report", () -> run.log("line"),
                "recoverStalled", q::recover,
                "change", () -> q.change("a", new JobChange.AppendLog("line")),
                "configure", () -> q.configure(QueueDriver.MAIN, new QueueChange.SetPaused(true)),
                "sweep", () -> q.sweep(new BulkAction.Drain(true), 10),
                "find", () -> q.backend().find(List.of(run.job())),
                "add", () -> q.offer(job("b")));
        calls.forEach((name, call) -> assertThatExceptionOfType(BackendUnavailableException.class)
                .as(name)
                .isThrownBy(call)
                .satisfies(away -> {
                    assertThat(away.isTemporary()).as(name).isTrue();
                    assertThat(away.outcomeUnknown()).as(name).isFalse();
                    assertThat(away).as(name).message().isNotBlank();
                }));
    }

    @Rule("B3")
    @DisplayName("B3: while open, the backend has only the threads it names; closing twice is no error")
    @Test
    void threads(QueueDriver q) {
        q.fill("a");
        q.attach(worker()).expectRuns("a");
        q.watch();
        assertThat(q.backend().info().threads()).containsAll(q.newThreads());
        q.closeBackend();
    }
}
