package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Adding jobs, alone and together. */
public abstract class AddSpec {
    @Rule("A1")
    @DisplayName("A1: an acknowledged job is claimed, once")
    @Test
    void storedOnce(QueueDriver q) {
        JobRef stored = q.add(job("a"));
        q.expectState("a", JobState.WAITING);
        Run run = q.expectClaim("a");
        assertThat(run.job()).isEqualTo(stored);
        run.complete();
        q.expectNothing();
    }

    @Rule("A1")
    @DisplayName("A1: name, payload and options come back as they were given")
    @Test
    void whatWasGiven(QueueDriver q) {
        Instant creation = q.now();
        JobDraft draft = job("a").data("{\"n\":1}")
                .createdAt(creation)
                .attempts(4)
                .with(options -> options.backoff(Backoff.exponential(Duration.ofSeconds(2))
                                .cappedAt(Duration.ofMinutes(1))
                                .withJitter(0.5))
                        .keepCompleted(Retention.newest(7))
                        .keepFailed(Retention.youngerThan(Duration.ofHours(1)))
                        .timeout(Duration.ofSeconds(9))
                        .expiry(Duration.ofDays(1))
                        .logLines(5)
                        .stackTraces(2));
        q.add(draft);
        JobRecord record = q.expectClaim("a").record();
        assertThat(record.body().payload().text()).isEqualTo("{\"n\":1}");
        assertThat(record.body().createdAt()).isEqualTo(creation);
        JobOptions.Builder expected = JobOptions.builder().attempts(4).keepCompleted(Retention.newest(7));
        expected.backoff(Backoff.exponential(Duration.ofSeconds(2))
                .cappedAt(Duration.ofMinutes(1))
                .withJitter(0.5));
        expected.keepFailed(Retention.youngerThan(Duration.ofHours(1))).timeout(Duration.ofSeconds(9));
        expected.expiry(Duration.ofDays(1)).logLines(5).stackTraces(2);
        assertThat(record.options()).isEqualTo(expected.build());
    }

    @Rule("A2")
    @DisplayName("A2: ids that the store assigns differ")
    @Test
    void assignedIds(QueueDriver q) {
        List<String> names = IntStream.range(0, 50).mapToObj(i -> "job" + i).toList();
        List<JobId> ids = names.stream().map(name -> q.add(job(name)).id()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        names.forEach(q::expectRuns);
    }

    @Rule("A2")
    @DisplayName("A2: ids that the portable layer generated are kept")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void generatedIds(QueueDriver q) {
        q.add(job("parent").children(job("child")));
        assertThat(q.expectClaim("child").job()).isEqualTo(q.ref("child"));
    }

    @Rule("A3")
    @DisplayName("A3: an own id that is there is not stored again, and the first job stays as it is")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void ownIdTwice(QueueDriver q) {
        q.add(job("first").id("own").data("1"));
        q.fill("other");
        q.expectNoChange(() -> assertThat(q.offer(job("second").id("own").data("2")))
                .containsExactly(new Added.AlreadyThere(JobId.of("own"))));
        Run first = q.expectClaim("first");
        assertThat(first.record().body().payload().text()).isEqualTo("1");
        first.complete();
        q.expectRuns("other");
    }

    @Rule("A3")
    @DisplayName("A3: an own id is taken in every state of its job")
    @Requires({Capability.UNIQUE_IDS, Capability.ATOMIC_GROUPS})
    @Test
    void ownIdInEveryState(QueueDriver q) {
        q.add(job("running").id("running"));
        q.expectClaim("running");
        q.add(job("delayed").id("late").delayedBy(5));
        q.add(job("parent").id("parent").in("other").children(job("child").in("children")));
        q.add(job("failed").id("broken").in("failing"));
        q.on("failing").expect("failed").fail("broken");
        q.expectNoChange(() -> {
            alreadyThere(q, job("again1").id("running"));
            alreadyThere(q, job("again2").id("late"));
            alreadyThere(q, job("again3").id("parent").in("other"));
            alreadyThere(q, job("again4").id("broken").in("failing"));
        });
    }

    @Rule("A3")
    @DisplayName("A3: an own id is taken while its completed job is kept")
    @Requires({Capability.UNIQUE_IDS, Capability.KEEPS_COMPLETED})
    @Test
    void ownIdOfCompleted(QueueDriver q) {
        q.add(job("done").id("own"));
        q.expectRuns("done");
        alreadyThere(q, job("again").id("own"));
        q.expectNothing();
    }

    @Rule("A4")
    @DisplayName("A4: when the job is removed its own id is free again")
    @Requires({Capability.UNIQUE_IDS, Capability.CHANGE_WAITING})
    @Test
    void ownIdFreedByRemoval(QueueDriver q) {
        q.add(job("first").id("own"));
        q.remove("first");
        q.add(job("second").id("own"));
        q.expectRuns("second");
    }

    @Rule("A4")
    @DisplayName("A4: when retention drops the job its own id is free again")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void ownIdFreedByRetention(QueueDriver q) {
        q.add(job("first").id("own").keepCompleted(Retention.none()));
        q.expectRuns("first");
        q.expectDropped("first");
        q.add(job("second").id("own"));
        q.expectRuns("second");
    }

    @Rule("A5")
    @DisplayName("A5: a refused unit stops no other unit of the call")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void independentUnits(QueueDriver q) {
        JobRef nobody = JobRef.of(QueueDriver.MAIN, "nobody");
        List<List<Added>> answers = q.offerEach(job("a"), job("orphan").childOf(nobody), job("b"));
        assertThat(answers.get(0)).singleElement().isInstanceOf(Added.Stored.class);
        assertThat(answers.get(1)).containsExactly(new Added.NoSuchParent(nobody));
        assertThat(answers.get(2)).singleElement().isInstanceOf(Added.Stored.class);
        q.expectRuns("a", "b");
        q.expectNothing();
    }

    @Rule("A5")
    @DisplayName("A5: units over several queues are answered in their order")
    @Test
    void answersInOrder(QueueDriver q) {
        List<List<Added>> answers = q.offerEach(job("a"), job("b").in("other"), job("c"), job("d").in("other"));
        assertThat(answers).hasSize(4).allMatch(unit -> unit.size() == 1);
        q.expectRuns("a", "c");
        q.on("other").expectRuns("b", "d");
    }

    @Rule("A6")
    @DisplayName("A6: a refused member leaves the whole unit unstored")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void refusedUnit(QueueDriver q) {
        q.fill("before");
        JobRef nobody = JobRef.of("other", "nobody");
        q.expectNoChange(() -> assertThat(q.offer(job("a"), job("orphan").childOf(nobody), job("b").in("other")))
                .containsExactly(new Added.NotStored(), new Added.NoSuchParent(nobody), new Added.NotStored()));
        q.expectRuns("before");
        q.expectNothing();
        q.on("other").expectNothing();
    }

    @Rule("A7")
    @DisplayName("A7: in a unit of loose jobs a known own id stops nobody")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void knownIdInUnit(QueueDriver q) {
        q.add(job("known").id("own"));
        List<Added> answers = q.offer(job("a"), job("again").id("own"), job("b"));
        assertThat(answers.get(1)).isEqualTo(new Added.AlreadyThere(JobId.of("own")));
        q.expectRuns("known", "a", "b");
        q.expectNothing();
    }

    @Rule("A7")
    @DisplayName("A7: the same own id twice in one call stores one job")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void sameIdInOneCall(QueueDriver q) {
        List<List<Added>> answers =
                q.offerEach(job("first").id("own"), job("second").id("own"));
        assertThat(answers)
                .containsExactly(
                        List.of(new Added.Stored(JobId.of("own"))), List.of(new Added.AlreadyThere(JobId.of("own"))));
        q.expectRuns("first");
        q.expectNothing();
    }

    @Rule("A8")
    @DisplayName("A8: the same own id in two queues names two jobs")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void ownIdPerQueue(QueueDriver q) {
        q.addAll(job("here").id("own"), job("there").id("own").in("other"));
        q.on("other").expectRuns("there");
        q.expectRuns("here");
    }

    @Rule("A11")
    @DisplayName("A11: a unit of the declared size is stored whole")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void largestUnit(QueueDriver q) {
        int most = Math.min(q.backend().info().limits().maxUnit(), 10_000);
        JobDraft[] children =
                IntStream.range(1, most).mapToObj(i -> job("child" + i)).toArray(JobDraft[]::new);
        assertThat(q.offer(job("parent").children(children))).hasSize(most).allMatch(Added.Stored.class::isInstance);
        q.look(look -> assertThat(look.count(JobState.WAITING)).isEqualTo(most - 1));
    }

    private static void alreadyThere(QueueDriver q, JobDraft again) {
        assertThat(q.offer(again)).singleElement().isInstanceOf(Added.AlreadyThere.class);
    }
}
