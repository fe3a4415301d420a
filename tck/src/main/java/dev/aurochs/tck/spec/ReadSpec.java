package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.QueueDriver.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looking without touching. */
@Requires(Capability.LOOKUP)
public abstract class ReadSpec {
    @Rule("V1")
    @DisplayName("V1: find answers in list order; what is not there is empty")
    @Test
    void find(QueueDriver q) {
        q.addAll(job("a"), job("b").in("other"));
        JobRef wrongQueue =
                new JobRef(q.ref("b").queue(), JobRef.of(MAIN, "nobody").id());
        List<Optional<JobRecord>> found = q.backend()
                .find(List.of(
                        q.ref("b"), JobRef.of(MAIN, "nobody"), q.ref("a"), JobRef.of("never used", "x"), wrongQueue));
        assertThat(found.stream().map(job -> job.map(JobRecord::name)))
                .containsExactly(
                        Optional.of("b"), Optional.empty(), Optional.of("a"), Optional.empty(), Optional.empty());
        assertThat(q.backend().find(List.of())).isEmpty();
    }

    @Rule("V2")
    @DisplayName("V2: waiting jobs are listed in the order in which they will run")
    @Requires({Capability.PRIORITIES, Capability.LIFO})
    @Test
    void waiting(QueueDriver q) {
        q.addAll(job("low").priority(2), job("a"), job("high").priority(1), job("b"), job("x").lifo());
        assertThat(q.mustLook().names(JobState.WAITING)).containsExactly("x", "a", "b", "high", "low");
        q.expectRuns("x", "a", "b", "high", "low");
    }

    @Rule("V2")
    @DisplayName("V2: delayed jobs are listed next due first")
    @Test
    void delayed(QueueDriver q) {
        q.addAll(
                job("late").delayedBy(9),
                job("soon").delayedBy(2),
                job("middle").delayedBy(5));
        assertThat(q.mustLook().names(JobState.DELAYED)).containsExactly("soon", "middle", "late");
    }

    @Rule("V2")
    @DisplayName("V2: finished jobs are listed newest first")
    @Requires(Capability.KEEPS_COMPLETED)
    @Test
    void finished(QueueDriver q) {
        q.fill("a", "b", "c", "d");
        q.expectRuns("a");
        q.expectClaim("b").fail("x");
        q.advance(1);
        q.expectRuns("c");
        q.expectClaim("d").fail("x");
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("c", "a");
        assertThat(q.mustLook().names(JobState.FAILED)).containsExactly("d", "b");
    }

    @Rule("V3")
    @DisplayName("V3: pages show each job once, by cursor and by offset")
    @ParameterizedTest
    @EnumSource(names = {"WAITING", "DELAYED", "COMPLETED"})
    void pages(JobState state, QueueDriver q) {
        List<String> names = IntStream.range(0, 23).mapToObj(i -> "job" + i).toList();
        q.offerEach(names.stream()
                .map(name -> state == JobState.DELAYED ? job(name).delayedBy(3) : job(name))
                .toArray(JobDraft[]::new));
        if (state == JobState.COMPLETED) names.forEach(q::expectRuns);
        List<String> byCursor = new ArrayList<>();
        Page<JobRecord> page = list(q, state, PageRequest.first(5));
        byCursor.addAll(namesOf(page));
        while (page.next().isPresent()) {
            page = list(q, state, PageRequest.after(page.next().get(), 5));
            byCursor.addAll(namesOf(page));
        }
        List<String> byOffset = new ArrayList<>();
        for (int offset = 0; offset < 30; offset += 7)
            byOffset.addAll(namesOf(list(q, state, PageRequest.of(offset, 7))));
        assertThat(byCursor).containsExactlyInAnyOrderElementsOf(names);
        assertThat(byOffset).isEqualTo(byCursor);
    }

    @Rule("V4")
    @DisplayName("V4: counts follow every step")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void counts(QueueDriver q) {
        q.fill("a", "b", "c");
        q.add(job("d").delayedBy(5));
        q.add(job("p").children(job("e").in("other")));
        expectCounts(q, 3, 1, 0, 1, 0, 0);
        q.expectRuns("a");
        q.expectClaim("b").fail("x");
        q.expectClaim("c");
        expectCounts(q, 0, 1, 1, 1, 1, 1);
    }

    @Rule("V4")
    @DisplayName("V4: prioritized is the part of waiting that has a priority")
    @Requires(Capability.PRIORITIES)
    @Test
    void prioritized(QueueDriver q) {
        q.addAll(
                job("a"),
                job("b").priority(1),
                job("c").priority(2),
                job("d").priority(3).delayedBy(4));
        JobCounts counts = q.mustLook().counts(MAIN);
        assertThat(counts.of(JobState.WAITING)).hasValue(3);
        counts.prioritized().ifPresent(prioritized -> assertThat(prioritized).isEqualTo(2));
        q.expectRuns("a", "b");
        q.mustLook()
                .counts(MAIN)
                .prioritized()
                .ifPresent(left -> assertThat(left).isEqualTo(1));
    }

    @Rule("V4")
    @DisplayName("V4: a queue that nobody knows counts zero and lists nothing")
    @ParameterizedTest
    @EnumSource
    void unknownQueue(JobState state, QueueDriver q) {
        assertThat(q.mustLook().counts("never used").of(state)).hasValue(0);
        assertThat(q.backend()
                        .list(QueueName.of("never used"), state, PageRequest.first(9))
                        .items())
                .isEmpty();
    }

    @Rule("V5")
    @DisplayName("V5: children are listed once each, in pages")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void children(QueueDriver q) {
        JobDraft[] drafts =
                IntStream.range(0, 12).mapToObj(i -> job("child" + i)).toArray(JobDraft[]::new);
        JobRef parent = q.add(job("parent").children(drafts));
        q.expectRuns("child0", "child1");
        List<Child> seen = all(request -> q.backend().children(parent, request), 5);
        assertThat(seen).hasSize(12).extracting(Child::job).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(child -> child.status() == Child.Status.PENDING))
                .hasSize(10);
        assertThat(q.backend()
                        .children(JobRef.of(MAIN, "nobody"), PageRequest.first(5))
                        .items())
                .isEmpty();
    }

    @Rule("V8")
    @DisplayName("V8: settings show what was set, and the defaults before")
    @Test
    void settings(QueueDriver q) {
        q.need(Capability.LOOKUP);
        QueueName queue = QueueName.of(MAIN);
        assertThat(q.backend().settings(queue)).isEqualTo(QueueSettings.DEFAULTS);
        q.pause(MAIN);
        q.configure(MAIN, new QueueChange.SetEventCap(500));
        assertThat(q.backend().settings(queue))
                .isEqualTo(QueueSettings.DEFAULTS.withPaused(true).withEventCap(500));
        q.resume(MAIN);
        assertThat(q.backend().settings(queue).paused()).isFalse();
    }

    private static void expectCounts(QueueDriver q, long... expected) {
        JobCounts counts = q.mustLook().counts(MAIN);
        for (JobState state : JobState.values())
            assertThat(counts.of(state)).as("%s", state).hasValue(expected[state.ordinal()]);
    }

    private static Page<JobRecord> list(QueueDriver q, JobState state, PageRequest request) {
        return q.backend().list(QueueName.of(MAIN), state, request);
    }

    private static List<String> namesOf(Page<JobRecord> page) {
        assertThat(page.bad()).isEmpty();
        return page.items().stream().map(JobRecord::name).toList();
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> pages, int limit) {
        Page<T> page = pages.apply(PageRequest.first(limit));
        List<T> items = new ArrayList<>(page.items());
        while (page.next().isPresent()) {
            page = pages.apply(PageRequest.after(page.next().get(), limit));
            items.addAll(page.items());
        }
        return items;
    }
}
