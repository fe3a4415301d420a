package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Closing workers. */
public abstract class CloseSpec {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Rule("W10")
    @DisplayName("W10: a closing worker claims no more and waits for what runs")
    @Test
    void waits(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job running = shop.add("running");
            Job waiting = shop.add("waiting");
            Gate gate = new Gate();
            Worker worker = gated(shop.worker(), gate).start();
            gate.awaitEntered(1);
            CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> worker.close(LONG));
            assertThat(gate.entersWithin(30)).isFalse();
            assertThat(closed).isNotDone();
            gate.open();
            assertThat(Workshop.get(closed)).isTrue();
            shop.result(running);
            assertThat(gate.wasInterrupted()).isFalse();
            assertThat(shop.hasEnded(waiting)).isFalse();
            assertThat(worker.runningJobs()).isZero();
            shop.worker().onAny((payload, job) -> null).start();
            shop.result(waiting);
        }
    }

    @Rule({"W10", "C12"})
    @DisplayName("W10: after the grace handlers are interrupted and their jobs given back, at no attempt and no stall")
    @Test
    void givesBack(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            Gate gate = new Gate();
            CompletableFuture<StopReason> told = new CompletableFuture<>();
            Worker worker = shop.worker()
                    .onAny((payload, context) -> {
                        try {
                            gate.pass(context.name());
                        } finally {
                            context.stopReason().ifPresent(told::complete);
                        }
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            assertThat(worker.close(shop.brief())).isFalse();
            assertThat(Workshop.get(told)).isEqualTo(StopReason.CLOSING);
            shop.worker()
                    .onAny((payload, context) -> context.attempt() + " " + context.stalls())
                    .start();
            assertThat(shop.result(job)).hasToString("\"1 0\"");
            shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(1, 2, 0)));
        }
    }

    @Rule("W10")
    @DisplayName("W10: a handler that completes after the grace completes its job")
    @Test
    void completesLate(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            Gate gate = new Gate();
            Worker worker = shop.worker()
                    .onAny((payload, context) -> {
                        try {
                            gate.pass(context.name());
                            return "in time";
                        } catch (InterruptedException hurry) {
                            return "finished quickly";
                        }
                    })
                    .start();
            gate.awaitEntered(1);
            assertThat(worker.close(Duration.ZERO)).isFalse();
            assertThat(shop.result(job)).hasToString("\"finished quickly\"");
        }
    }

    @Rule("W10")
    @DisplayName("W10: an interrupt of the closing thread ends the grace, and a second one the wait for deaf handlers")
    @Test
    void interrupted(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            Gate gate = new Gate();
            Worker worker = shop.worker()
                    .onAny((payload, context) -> {
                        gate.passDeaf(context.name());
                        return "too late";
                    })
                    .start();
            gate.awaitEntered(1);
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread closer = new Thread(() -> {
                worker.close(LONG);
                flag.complete(Thread.currentThread().isInterrupted());
            });
            closer.start();
            awaitTimedWait(closer);
            closer.interrupt();
            gate.awaitInterrupted();
            awaitTimedWait(closer);
            closer.interrupt();
            assertThat(Workshop.get(flag)).as("the interrupt is restored").isTrue();
            shop.worker()
                    .onAny((payload, context) -> context.attempt() + " " + context.stalls())
                    .start();
            assertThat(shop.result(job)).hasToString("\"1 0\"");
            gate.open();
        }
    }

    @Rule("W10")
    @DisplayName("W10: closing again does nothing; whoever closes meanwhile waits")
    @Test
    void idempotent(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            shop.add("a");
            Gate gate = new Gate();
            Worker worker = gated(shop.worker(), gate).start();
            gate.awaitEntered(1);
            List<CompletableFuture<Boolean>> closes = new ArrayList<>();
            for (int i = 0; i < 2; i++) closes.add(CompletableFuture.supplyAsync(() -> worker.close(LONG)));
            assertThat(gate.entersWithin(20)).isFalse();
            assertThat(closes).noneMatch(CompletableFuture::isDone);
            gate.open();
            for (CompletableFuture<Boolean> close : closes)
                assertThat(Workshop.get(close)).isTrue();
            assertThat(worker.close(Duration.ZERO)).isTrue();
            worker.close();
            assertThatThrownBy(() -> worker.close(Duration.ofMillis(-1))).isInstanceOf(InvalidInputException.class);
        }
    }

    @Rule({"W10", "R1"})
    @DisplayName("W10: closing in the midst of claiming loses nothing and costs no attempt, no stall and no second run")
    @Test
    void whileClaiming(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 200; i++) jobs.add(shop.add("job " + i));
            AtomicInteger ran = new AtomicInteger();
            while (ran.get() < jobs.size()) {
                int before = ran.get();
                Worker worker = shop.worker(4)
                        .onAny((payload, context) -> {
                            ran.incrementAndGet();
                            return context.stalls();
                        })
                        .start();
                Workshop.until("a job runs", () -> ran.get() > before);
                assertThat(worker.close(LONG)).isTrue();
            }
            for (Job job : jobs) assertThat(shop.result(job)).hasToString("0");
            assertThat(ran).hasValue(jobs.size());
            shop.look(jobs.get(199), record -> assertThat(record.runs()).isEqualTo(new Runs(1, 1, 0)));
        }
    }

    @Rule("W12")
    @DisplayName("W12: an open worker has one non-daemon thread, which close ends; all are named by queue and role")
    @Test
    void threads(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<String> before = q.newThreads();
            Job job = shop.add("a");
            Worker worker = shop.worker()
                    .onAny((payload, context) -> Thread.currentThread().getName())
                    .start();
            assertThat(shop.result(job)).hasToString("\"aurochs-main-run-1\"");
            List<String> more = new ArrayList<>(q.newThreads());
            before.forEach(more::remove);
            more.removeAll(q.backend().info().threads());
            assertThat(more).isNotEmpty().allMatch(name -> name.matches("aurochs-main-[a-z]+-\\d+"));
            assertThat(keepingTheJvmAlive()).isEqualTo(1);
            worker.close();
            assertThat(keepingTheJvmAlive()).isZero();
        }
    }

    private static long keepingTheJvmAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aurochs-main-") && !thread.isDaemon())
                .count();
    }

    private static Worker.Builder gated(Worker.Builder builder, Gate gate) {
        return builder.onAny((payload, job) -> {
            gate.pass(job.name());
            return null;
        });
    }

    private static void awaitTimedWait(Thread thread) {
        Workshop.until("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
