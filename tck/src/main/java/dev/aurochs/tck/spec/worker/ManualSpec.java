package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Traits.Leasing;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.queue.testing.ManualWorker.Held;
import dev.aurochs.queue.testing.ManualWorker.Ran;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A worker without threads. */
public abstract class ManualSpec {
    @Rule("W16")
    @DisplayName("W16: a manual worker runs the next job in the calling thread, stores its end, and has no threads")
    @Test
    void runsNext(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            Job job = shop.add("a");
            List<Thread> threads = new ArrayList<>();
            List<String> before = q.newThreads();
            ManualWorker worker = shop.worker()
                    .onAny((payload, context) -> {
                        threads.add(Thread.currentThread());
                        return "done";
                    })
                    .manual();
            Ran ran = worker.runNext().orElseThrow();
            assertThat(ran.job().ref()).isEqualTo(job.ref());
            assertThat(ran.outcome()).contains(new Outcome.Completed(new Json("\"done\"")));
            assertThat(worker.runNext()).isEmpty();
            assertThat(threads).containsExactly(Thread.currentThread());
            assertThat(q.newThreads()).isEqualTo(before);
            q.look(look ->
                    assertThat(job.look().orElseThrow().status().result()).hasToString("\"done\""));
        }
    }

    @Rule({"W16", "R2", "D1"})
    @DisplayName("W16: on a clock that is moved, delayed and retried jobs run when they are due and not before")
    @Test
    void dueJobs(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            Duration hour = shop.time().units(2);
            shop.add("a", options -> options.delay(hour).attempts(2).backoff(Backoff.fixed(hour)));
            ManualWorker worker = shop.worker()
                    .onAny((payload, context) -> {
                        if (context.attempt() == 1) throw new IllegalStateException("busy");
                        return null;
                    })
                    .manual();
            assertThat(worker.runNext()).isEmpty();
            shop.pass(hour);
            Outcome first = worker.runNext().orElseThrow().outcome().orElseThrow();
            assertThat(first)
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.reason()).isEqualTo("busy"));
            assertThat(worker.runNext()).isEmpty();
            shop.pass(hour);
            assertThat(worker.runNext().orElseThrow().outcome()).contains(new Outcome.Completed(Json.NULL));
        }
    }

    @Rule({"W16", "P2"})
    @DisplayName("W16: a manual worker runs all that may run now, in order, also what comes to wait meanwhile")
    @Test
    void runsAll(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            for (String name : List.of("a", "b", "c")) shop.add(name);
            ManualWorker worker = shop.worker()
                    .onAny((payload, job) -> {
                        if (job.name().equals("b")) shop.add("d");
                        return null;
                    })
                    .manual();
            assertThat(ManualShop.names(worker.runAll())).containsExactly("a", "b", "c", "d");
            assertThat(worker.runAll()).isEmpty();
        }
    }

    @Rule("W16")
    @DisplayName("W16: running all ends with an error when a job comes back at once again and again")
    @Test
    void endless(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            Job job = shop.add("a");
            boolean[] enough = new boolean[1];
            ManualWorker worker = shop.worker()
                    .onAny((payload, context) -> enough[0] ? null : RunResult.postpone(Duration.ZERO))
                    .manual();
            assertThatThrownBy(() -> worker.runAll(5))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("more than 5 runs")
                    .hasMessageContaining(job.id().value());
            enough[0] = true;
            assertThat(worker.runAll(1)).hasSize(1);
        }
    }

    @Rule({"W16", "L6"})
    @DisplayName("W16: what must not run is failed unrun, and told; holding passes over it")
    @Test
    void unrun(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            for (String name : List.of("late 1", "late 2"))
                shop.add(name, options -> options.expiry(shop.time().units(1)));
            shop.add("b");
            shop.pass(shop.time().units(2));
            List<String> handled = new ArrayList<>();
            ManualWorker worker = shop.completing(handled, options -> {});
            Ran late = worker.runNext().orElseThrow();
            assertThat(late.job().name()).isEqualTo("late 1");
            assertThat(late.outcome()).containsInstanceOf(Outcome.Failed.class);
            Held held = worker.hold().orElseThrow();
            assertThat(held.job().name()).isEqualTo("b");
            held.run();
            assertThat(handled).containsExactly("b");
        }
    }

    @Rule({"W16", "C1", "W1"})
    @DisplayName("W16: a held job is active until it is run; the concurrency bounds how many are held")
    @Test
    void holds(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            shop.add("a");
            shop.add("b");
            List<String> handled = new ArrayList<>();
            ManualWorker worker = shop.completing(handled, options -> {});
            Held held = worker.hold().orElseThrow();
            assertThat(held.job().name()).isEqualTo("a");
            assertThatThrownBy(worker::hold)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("1 job(s) are held");
            ManualWorker other = shop.completing(handled, options -> {});
            assertThat(ManualShop.names(other.runAll())).containsExactly("b");
            assertThat(held.run().outcome()).contains(new Outcome.Completed(new Json("\"a\"")));
            assertThatThrownBy(held::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not held any more");
            assertThat(handled).containsExactly("b", "a");
            assertThat(worker.runNext()).isEmpty();
        }
    }

    @Rule({"W16", "C12"})
    @DisplayName("W16: closing and giving back put held jobs back, at no attempt; closed workers take no steps")
    @Test
    void givesBack(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            shop.add("a");
            shop.add("b");
            ManualWorker worker = shop.completing(new ArrayList<>(), options -> options.concurrency(2));
            assertThat(worker.hold().orElseThrow().giveBack().outcome()).contains(new Outcome.GivenBack());
            Held held = worker.hold().orElseThrow();
            worker.hold().orElseThrow();
            worker.close();
            worker.close();
            assertThatThrownBy(held::run).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(worker::runNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            List<Ran> all = shop.completing().runAll();
            assertThat(ManualShop.names(all)).containsExactlyInAnyOrder("a", "b");
            assertThat(all)
                    .allSatisfy(ran -> assertThat(ran.job().runs().made()).isZero());
        }
    }

    @Rule({"W16", "S1", "W5"})
    @DisplayName("W16: a held job whose lease is not renewed is recovered by a sweep, and its handler is not called")
    @Test
    void losesLease(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            if (shop.queues().info().traits().leasing() != Leasing.RENEWED) return;
            Job job = shop.add("a");
            List<String> handled = new ArrayList<>();
            ManualWorker silent = shop.completing(handled, options -> {});
            ManualWorker other = shop.completing();
            Held held = silent.hold().orElseThrow();
            shop.pass(shop.time().units(2));
            assertThat(silent.renew()).isEmpty();
            shop.pass(shop.time().units(3));
            assertThat(other.sweep()).isEmpty();
            shop.pass(shop.time().units(2));
            assertThat(other.sweep()).containsExactly(job.ref());
            assertThat(silent.renew()).containsExactly(job.ref());
            assertThat(held.stopReason()).contains(StopReason.LEASE_LOST);
            assertThat(held.run().outcome()).isEmpty();
            assertThat(handled).isEmpty();
            assertThat(other.runNext().orElseThrow().job().runs()).isEqualTo(new Runs(0, 2, 1));
        }
    }

    @Rule({"W16", "K7"})
    @Requires(Capability.CHANGE_WAITING)
    @DisplayName("W16: renewing tells a held job that it was cancelled; it then fails with the reason")
    @Test
    void cancelled(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            Job job = shop.add("a", options -> options.attempts(3));
            List<String> handled = new ArrayList<>();
            ManualWorker worker = shop.completing(handled, options -> {});
            Held held = worker.hold().orElseThrow();
            shop.queue().cancel(job.id().value(), "nobody wants it");
            assertThat(worker.renew()).containsExactly(job.ref());
            assertThat(worker.renew()).isEmpty();
            assertThat(held.run().outcome().orElseThrow())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo("nobody wants it"));
            assertThat(handled).isEmpty();
        }
    }

    @Rule({"W16", "R10"})
    @DisplayName("W16: a run timeout passes when the clock is moved while the handler runs")
    @Test
    void timesOut(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            if (!shop.time().isVirtual()) return;
            shop.add("a", options -> options.timeout(shop.time().units(1)).attempts(2));
            List<Boolean> stopped = new ArrayList<>();
            ManualWorker worker = shop.worker()
                    .onAny((payload, job) -> {
                        if (job.attempt() == 2) return null;
                        shop.pass(shop.time().units(1));
                        stopped.add(job.isStopped() && Thread.currentThread().isInterrupted());
                        return "too late";
                    })
                    .manual();
            assertThat(worker.runNext().orElseThrow().outcome().orElseThrow())
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.reason()).startsWith("timed out after"));
            assertThat(stopped).containsExactly(true);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(worker.runAll()).hasSize(1);
        }
    }

    @Rule({"W16", "W9"})
    @DisplayName("W16: when the store is away a step throws; what has ended is stored by the next step")
    @Test
    void outage(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            shop.add("a");
            shop.add("b");
            List<String> handled = new ArrayList<>();
            ManualWorker worker = shop.worker()
                    .onAny((payload, job) -> {
                        handled.add(job.name());
                        if (job.name().equals("a")) shop.tap().setAway(true);
                        return null;
                    })
                    .manual();
            assertThatThrownBy(worker::runNext).isInstanceOf(BackendUnavailableException.class);
            assertThatThrownBy(worker::runNext).isInstanceOf(BackendUnavailableException.class);
            shop.tap().setAway(false);
            assertThat(ManualShop.names(worker.runAll())).containsExactly("b");
            assertThat(handled).containsExactly("a", "b");
        }
    }
}
