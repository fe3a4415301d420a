package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobCounts;
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
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Schedules.Upserted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A backend, its clock, its workers, and what they have seen. */
final class Side implements View {
    static final int QUEUES = 3;
    static final int WORKERS = 6;
    static final int OWN_IDS = 6;
    private static final int PATIENCE_SECONDS = 30;

    private final QueueBackend backend;
    private final String name;
    private final KnownJobs known;
    private final List<WalkWorker> workers = new ArrayList<>();
    private final EventReader reader;
    private final Scope scope;
    private Instant now;

    /** Over queues that are empty. */
    Side(QueueBackend backend, String name, Scope scope) {
        this.backend = backend;
        this.name = name;
        this.scope = scope;
        this.now = Walk.BEGIN;
        known = new KnownJobs(name, QUEUES, OWN_IDS);
        reader = backend.open(Set.copyOf(known.queues()), EventPosition.NOW);
        for (int i = 0; i < WORKERS; i++) workers.add(new WalkWorker(this, i));
    }

    QueueBackend backend() {
        return backend;
    }

    String name() {
        return name;
    }

    Scope scope() {
        return scope;
    }

    Instant now() {
        return now;
    }

    void pass(Duration span) {
        now = now.plus(span);
    }

    @Override
    public List<QueueName> queues() {
        return known.queues();
    }

    QueueName queue(int number) {
        return known.queue(number);
    }

    WalkWorker worker(int number) {
        return workers.get(number);
    }

    JobRef job(int pick) {
        return known.job(pick);
    }

    void remember(JobRef job) {
        known.remember(job);
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

    Upserted upsert(Schedule schedule, Optional<Instant> first) {
        Upserted answer = backend.upsertSchedule(schedule, first, now);
        if (answer instanceof Upserted.Pending pending) remember(new JobRef(schedule.queue(), pending.job()));
        return answer;
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

    @Override
    public JobCounts counts(QueueName queue) {
        return backend.counts(queue);
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        return backend.settings(queue);
    }

    @Override
    public List<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        return backend.list(queue, state, page).items();
    }

    @Override
    public List<Child> children(JobRef job) {
        return backend.children(job, ALL).items();
    }

    @Override
    public List<String> log(JobRef job) {
        return backend.log(job, ALL).items();
    }

    @Override
    public List<QueueEvent> read(Duration atMost) {
        try {
            return View.withoutHints(reader.read(10_000, atMost));
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

    @Override
    public void close() {
        reader.close();
        workers.forEach(WalkWorker::close);
        for (QueueName queue : queues()) backend.sweep(queue, new BulkAction.Obliterate(true), 1_000_000, now);
    }
}
