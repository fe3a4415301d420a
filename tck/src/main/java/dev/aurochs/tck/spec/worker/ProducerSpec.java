package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Adding and steering jobs through Queue and Job. */
public abstract class ProducerSpec {
    @Rule("A12")
    @DisplayName("A12: addAsync answers with a job that is stored; thousands may be under way at once")
    @Test
    void async(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<CompletableFuture<Job>> stages = new ArrayList<>();
            for (int i = 0; i < 2_000; i++)
                stages.add(shop.queue()
                        .addAsync("job " + i, i, JobOptions.defaults())
                        .toCompletableFuture());
            shop.worker(50).onAny((payload, job) -> payload).start();
            for (int i = 0; i < stages.size(); i++)
                assertThat(shop.result(Workshop.get(stages.get(i)))).hasToString("" + i);
        }
    }

    @Rule("B8")
    @DisplayName("B8: what a caller hangs on an add runs on no thread of the store, and holds up nobody else's add")
    @Test
    void stages(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            CompletableFuture<String> thread = new CompletableFuture<>();
            CountDownLatch others = new CountDownLatch(1);
            Executor caller = task -> new Thread(task, "caller").start();
            CompletableFuture<Job> slow = CompletableFuture.supplyAsync(
                            () -> shop.queue()
                                    .addAsync("slow", 1, JobOptions.defaults())
                                    .thenApply(job -> {
                                        thread.complete(Thread.currentThread().getName());
                                        Workshop.await(others);
                                        return job;
                                    }),
                            caller)
                    .thenCompose(added -> added);
            assertThat(shop.queues().info().threads()).doesNotContain(Workshop.get(thread));
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 5; i++)
                jobs.add(Workshop.get(shop.queue()
                        .addAsync("job " + i, i, JobOptions.defaults())
                        .toCompletableFuture()));
            shop.worker().onAny((payload, job) -> payload).start();
            jobs.forEach(shop::result);
            assertThat(slow).isNotDone();
            others.countDown();
            assertThat(shop.result(Workshop.get(slow))).hasToString("1");
        }
    }

    @Rule("P2")
    @DisplayName("P2: addAll stores many jobs in their order, in as many calls as it takes")
    @Test
    void many(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<NewJobSpec> specs = new ArrayList<>();
            for (int i = 0; i < 1_100; i++) specs.add(NewJobSpec.of("job", i));
            List<Job> jobs = shop.queue().addAll(specs);
            assertThat(jobs).hasSize(1_100).allMatch(Job::isNew);
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            shop.worker().onAny((payload, job) -> order.add(payload.text())).start();
            jobs.forEach(shop::result);
            assertThat(order.subList(0, 3)).containsExactly("0", "1", "2");
            assertThat(order.get(1_099)).isEqualTo("1099");
        }
    }

    @Rule("A3")
    @Requires(Capability.UNIQUE_IDS)
    @DisplayName("A3: an own id stores one job, and each add answers a handle on it")
    @Test
    void ownId(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job first = shop.queue().add("a", 1, own("order-7"));
            Job second = shop.queue().add("b", 2, own("order-7"));
            List<Job> both = shop.queue()
                    .addAll(List.of(NewJobSpec.of("c", 3, own("order-7")), NewJobSpec.of("d", 4, own("order-8"))));
            assertThat(first.isNew()).isTrue();
            assertThat(second.isNew()).isFalse();
            assertThat(both).extracting(Job::isNew).containsExactly(false, true);
            assertThat(List.of(second.ref(), both.get(0).ref())).containsOnly(first.ref());
            assertThat(first.id().value()).isEqualTo("order-7");
            assertThat(first).hasToString("main:order-7");
            shop.worker().onAny((payload, job) -> payload).start();
            assertThat(shop.result(first)).hasToString("1");
            assertThat(shop.result(both.get(1))).hasToString("4");
        }
    }

    @Rule("N6")
    @DisplayName("N6: refused before anything is stored: bad names, payloads too large or no JSON, late due times")
    @Test
    void refusals(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            int most = shop.queues().info().limits().maxPayloadBytes();
            refused("job name", () -> shop.add(""));
            refused("payload", () -> shop.add("a", "x".repeat(most)));
            refused("payload", () -> shop.add("a", new Json("{\"a\":")));
            refused("payload", () -> shop.add("a", new Json("1 2")));
            refused("payload", () -> shop.add("a", new Json("")));
            refused("payload", () -> shop.add("a", Workshop.unwritable()));
            refused("payload", () -> shop.add("a", "half a \uD83D"));
            refused("delay", () -> shop.add("a", options -> options.delay(Duration.ofDays(3652 + 1))));
            refused("queue name", () -> shop.queues().queue("a:b"));
            refused("job name", () -> shop.queue().addAll(List.of(NewJobSpec.of("good"), NewJobSpec.of("bad\n"))));
            if (shop.has(Capability.LOOKUP))
                for (JobState state : JobState.values())
                    assertThat(shop.queue().counts().of(state)).hasValue(0);
            Job largest = shop.add("a", "x".repeat(most - 2));
            shop.worker().onAny((payload, job) -> payload.byteLength()).start();
            assertThat(shop.result(largest)).hasToString("" + most);
        }
    }

    @Rule({"A10", "A18", "A19"})
    @Requires({Capability.DEDUPLICATION, Capability.ATOMIC_GROUPS})
    @DisplayName(
            "A10: the handle of an add that was kept out is that of the job that holds the id, alone and in a flow")
    @Test
    void deduplicated(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Consumer<JobOptions.Builder> once = options -> options.deduplication(Deduplication.untilFinished("once"));
            Job first = shop.add("first", once);
            Job second = shop.add("second", once);
            assertThat(first.isNew()).isTrue();
            assertThat(second.isNew()).isFalse();
            assertThat(second.id()).isEqualTo(first.id());
            JobOptions.Builder options = JobOptions.builder();
            once.accept(options);
            String main = shop.queue().name().value();
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(main, "parent", 1)
                            .withChildren(FlowNode.of(main, "child", 2).withOptions(options.build())));
            assertThat(flow.children()).singleElement().satisfies(child -> {
                assertThat(child.job().isNew()).isFalse();
                assertThat(child.job().id()).isEqualTo(first.id());
            });
            assertThat(shop.queue().deduplicationOwner("once")).contains(first.id());
            assertThat(shop.queue().releaseDeduplication("once")).isTrue();
            assertThat(shop.queue().releaseDeduplication("once")).isFalse();
            assertThat(shop.queue().deduplicationOwner("once")).isEmpty();
            Job third = shop.add("third", once);
            assertThat(third.isNew()).isTrue();
            shop.worker().onAny((payload, job) -> payload).start();
            for (Job job : List.of(first, flow.job(), third)) shop.result(job);
        }
    }

    @Rule({"K1", "K4", "K8"})
    @Requires({Capability.CHANGE_WAITING, Capability.LOOKUP})
    @DisplayName("K1: a job's handle looks, promotes, retries and removes")
    @Test
    void handle(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Workshop.expectNobody(() -> shop.queue().promote("nobody"));
            Job delayed = shop.add("delayed", options -> options.delay(Duration.ofHours(1)));
            assertThat(delayed.look().orElseThrow().state()).isEqualTo(JobState.DELAYED);
            delayed.promote();
            assertThat(delayed.look().orElseThrow().state()).isEqualTo(JobState.WAITING);
            assertThatThrownBy(delayed::promote)
                    .isInstanceOf(WrongStateException.class)
                    .hasMessageContaining("waiting");
            shop.worker().onAny((payload, job) -> job.record().runs().started()).start();
            assertThat(shop.result(delayed)).hasToString("1");
            delayed.remove();
            assertThat(delayed.look()).isEmpty();
            for (Runnable call : List.<Runnable>of(delayed::remove, delayed::promote, delayed::retry))
                assertThatThrownBy(call::run).isInstanceOf(JobNotFoundException.class);
        }
    }

    @Rule("K9")
    @Requires(Capability.CHANGE_WAITING)
    @DisplayName("K9: a running job cannot be removed, and says so")
    @Test
    void removeRunning(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Workshop.expectNobody(() -> shop.queue().remove("nobody"));
            Job job = shop.add("a");
            Gate gate = new Gate();
            shop.worker()
                    .onAny((payload, context) -> {
                        gate.pass(context.name());
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            assertThatThrownBy(job::remove)
                    .isInstanceOf(WrongStateException.class)
                    .hasMessageContaining("is running");
            gate.open();
            shop.result(job);
        }
    }

    @Rule("L3")
    @DisplayName("L3: a paused queue is worked on by nobody until it is resumed")
    @Test
    void pausedQueue(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Gate gate = new Gate();
            shop.queue().pause();
            shop.time().pass(shop.queues().info().traits().pauseLag());
            Job job = shop.add("a");
            shop.worker()
                    .onAny((payload, context) -> {
                        gate.pass(context.name());
                        return null;
                    })
                    .start();
            gate.open();
            assertThat(gate.entersWithin(30)).isFalse();
            shop.queue().resume();
            shop.result(job);
        }
    }

    private static JobOptions own(String id) {
        return JobOptions.builder().id(id).build();
    }

    private static void refused(String field, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
