package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One of the two that walk side by side: a backend, its clock, its workers, and what they have seen. */
final class Side implements AutoCloseable {
    static final int QUEUES = 3;
    static final int WORKERS = 6;
    static final int OWN_IDS = 6;
    private static final int REMEMBERED = 12;
    private static final int PATIENCE_SECONDS = 30;

    private final QueueBackend backend;
    private final String name;
    private final QueueName[] queues = new QueueName[QUEUES];
    private final List<WalkWorker> workers = new ArrayList<>();
    private final List<JobRef> seen = new ArrayList<>();
    private final EventReader reader;
    private Instant now;

    /** Over queues that are empty. */
    Side(QueueBackend backend, String name, Instant begin) {
        this.backend = backend;
        this.name = name;
        this.now = begin;
        for (int i = 0; i < QUEUES; i++) queues[i] = QueueName.of(name + "-" + (char) ('a' + i));
        reader = backend.open(Set.of(queues), EventPosition.NOW);
        for (int i = 0; i < WORKERS; i++) workers.add(new WalkWorker(this, i));
    }

    QueueBackend backend() {
        return backend;
    }

    String name() {
        return name;
    }

    Instant now() {
        return now;
    }

    void pass(Duration span) {
        now = now.plus(span);
    }

    List<QueueName> queues() {
        return Arrays.asList(queues);
    }

    QueueName queue(int number) {
        return queues[number % QUEUES];
    }

    WalkWorker worker(int number) {
        return workers.get(number);
    }

    /** Small numbers are own ids, the others what was added or claimed lately. */
    JobRef job(int pick) {
        boolean own = pick < QUEUES * OWN_IDS || seen.isEmpty();
        return own
                ? new JobRef(queue(pick), JobId.of(ownId(pick / QUEUES % OWN_IDS)))
                : seen.get((pick - QUEUES * OWN_IDS) % seen.size());
    }

    static String ownId(int number) {
        return "k" + number;
    }

    void remember(JobRef job) {
        seen.add(0, job);
        if (seen.size() > REMEMBERED) seen.subList(REMEMBERED, seen.size()).clear();
    }

    Object add(List<List<Draft>> drafts) {
        List<AddUnit> units = drafts.stream()
                .map(unit -> new AddUnit(unit.stream().map(this::newJob).toList()))
                .toList();
        List<List<Added>> answers = answers(backend.add(units, now));
        for (int i = 0; i < units.size(); i++) {
            List<NewJob> members = units.get(i).members();
            for (int j = 0; j < members.size(); j++)
                if (answers.get(i).get(j) instanceof Added.Stored stored)
                    remember(new JobRef(members.get(j).queue(), stored.id()));
        }
        return answers;
    }

    private NewJob newJob(Draft draft) {
        Lease lease = draft.above() instanceof Draft.Above.Running running
                ? worker(running.worker()).lease(running.lease())
                : null;
        JobRef parent = above(draft.above(), lease);
        return new NewJob(
                queue(draft.queue()),
                draft.source(),
                draft.id() == null ? null : JobId.of(draft.id()),
                draft.name(),
                Json.EMPTY_OBJECT,
                draft.options(),
                now.minusMillis(draft.ageMillis()),
                parent == null ? null : new ParentLink(parent, draft.options().childFailurePolicy()),
                lease,
                draft.awaits());
    }

    private @Nullable JobRef above(Draft.@Nullable Above above, @Nullable Lease lease) {
        if (above instanceof Draft.Above.Member member) return new JobRef(queue(member.queue()), JobId.of(member.id()));
        if (above instanceof Draft.Above.Known known) return job(known.job());
        return lease == null ? null : lease.job();
    }

    List<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        return backend.list(queue, state, page).items();
    }

    /** The next events of all queues, hints left out; waits for the first only. */
    List<QueueEvent> read(Duration atMost) {
        try {
            List<QueueEvent> events = new ArrayList<>();
            EventBatch batch = reader.read(10_000, atMost);
            if (batch.gap()) throw new AssertionError("the reader missed events");
            for (QueueEvent event : batch.events()) if (!(event instanceof QueueEvent.Drained)) events.add(event);
            return events;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while reading events", stopped);
        }
    }

    static <T> List<T> answers(List<CompletionStage<T>> stages) {
        List<T> answers = new ArrayList<>(stages.size());
        try {
            for (CompletionStage<T> stage : stages)
                answers.add(stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a stage", stopped);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("a stage did not answer", failed);
        }
        return answers;
    }

    /** Leaves nothing behind. */
    @Override
    public void close() {
        reader.close();
        workers.forEach(WalkWorker::close);
        for (QueueName queue : queues) backend.sweep(queue, new BulkAction.Obliterate(true), 1_000_000, now);
    }
}
