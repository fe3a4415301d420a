package dev.aurochs.queue;

import dev.aurochs.queue.internal.Intake;
import dev.aurochs.queue.internal.Stages;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One queue: add jobs, look at them, steer them. Made by {@link Queues#queue}; thread-safe; needs no closing.
 *
 * <p>An add that returns has reached the backend's acknowledgement level ({@code BackendInfo.traits().addAck()}).
 */
public final class Queue {
    private static final int SWEEP_BUDGET = 1_000;
    private static final String LOOKUP_HINT = "listen to the queue's events instead";
    private static final String CHANGE_HINT = "the job can only be changed by its worker";

    private final QueueName name;
    private final Context context;

    Queue(QueueName name, Context context) {
        this.name = name;
        this.context = context;
    }

    public QueueName name() {
        return name;
    }

    /** Adds a job with the payload <code>{}</code>. */
    public Job add(String jobName) {
        return add(jobName, Json.EMPTY_OBJECT, JobOptions.defaults());
    }

    /** Adds a job; the payload is anything the codec can write, or a {@link Json}. Null is stored as {@code null}. */
    public Job add(String jobName, @Nullable Object payload) {
        return add(jobName, payload, JobOptions.defaults());
    }

    /**
     * Adds a job. With an own id that is already there nothing is stored and {@link Job#isNew()} is false. The same
     * when another job holds the deduplication id; the answer is that job then.
     *
     * @throws InvalidInputException for anything outside the contract; nothing has been stored then
     */
    public Job add(String jobName, @Nullable Object payload, JobOptions options) {
        NewJob job = prepared(jobName, payload, options);
        return handle(job, Stages.join(send(job), "the job"));
    }

    /**
     * As {@link #add(String, Object, JobOptions)}, but nobody waits until the job is safe: the stage tells the answer,
     * or that the store cannot give it; what hangs on it runs on no thread of the store (rule A20). The call itself may
     * take one exchange with the store, and waits up to 30 s while 10,000 jobs are unacknowledged (rule A12).
     */
    public CompletionStage<Job> addAsync(String jobName, @Nullable Object payload, JobOptions options) {
        NewJob job = prepared(jobName, payload, options);
        return Stages.told(() -> send(job), answers -> handle(job, answers), "the job", context.callbacks());
    }

    /** Adds many jobs in few calls. All are checked before the first is stored; each is added on its own. */
    public List<Job> addAll(List<NewJobSpec> specs) {
        List<NewJob> jobs = new ArrayList<>(specs.size());
        for (NewJobSpec spec : specs) jobs.add(prepared(spec.name(), spec.payload(), spec.options()));
        List<CompletionStage<List<Added>>> answers =
                context.intake().add(jobs.stream().map(AddUnit::of).toList());
        List<Job> handles = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) handles.add(handle(jobs.get(i), Stages.join(answers.get(i), "the jobs")));
        return handles;
    }

    /** The queue's schedules: jobs that come again. */
    public JobSchedules schedules() {
        return new JobSchedules(this, context);
    }

    /** The job as it is now; empty when it is gone. */
    public Optional<JobRecord> find(String id) {
        context.backend().info().require(Capability.LOOKUP, LOOKUP_HINT);
        return context.backend().find(List.of(ref(id))).get(0);
    }

    public JobCounts counts() {
        return context.backend().counts(name);
    }

    public QueueSettings settings() {
        return context.backend().settings(name);
    }

    /** Next to run first; finished jobs newest first. */
    public Page<JobRecord> list(JobState state, PageRequest page) {
        context.backend().info().require(Capability.LOOKUP, LOOKUP_HINT);
        return context.backend().list(name, state, page);
    }

    /** The children of a job, with what became of them. */
    public Page<Child> children(String parentId, PageRequest page) {
        context.backend().info().require(Capability.LOOKUP, LOOKUP_HINT);
        return context.backend().children(ref(parentId), page);
    }

    /** The job that holds a deduplication id, finished or not; empty when the next add with it would be stored. */
    public Optional<JobId> deduplicationOwner(String deduplicationId) {
        return context.backend().deduplicationOwner(name, deduplicationId, now());
    }

    /** Takes a deduplication id from the job that holds it, which goes on; false when none does. */
    public boolean releaseDeduplication(String deduplicationId) {
        return context.backend().releaseDeduplication(name, deduplicationId, now());
    }

    /** The job's log, oldest line first. */
    public Page<String> log(String id, PageRequest page) {
        context.backend().info().require(Capability.LOOKUP, LOOKUP_HINT);
        return context.backend().log(ref(id), page);
    }

    /** Adds a line to a job's log from outside; needs no lease. */
    public void appendLog(String id, String line) {
        change(id, "log to", new JobChange.AppendLog(line));
    }

    /** Replaces a job's payload, for the runs that follow. */
    public void updatePayload(String id, @Nullable Object payload) {
        change(id, "update", new JobChange.ReplaceData(context.encode("payload", payload)));
    }

    /** Makes a delayed job wait now, at the end of its level. */
    public void promote(String id) {
        change(id, "promote", new JobChange.Promote());
    }

    /** Gives a delayed job a new delay, from now. */
    public void reschedule(String id, Duration delay) {
        JobOptions.builder().delay(delay);
        change(id, "reschedule", new JobChange.Reschedule(delay));
    }

    /** Gives a job another priority; a waiting one joins the end of its new level. */
    public void reprioritise(String id, int priority) {
        JobOptions.builder().priority(priority);
        change(id, "reprioritise", new JobChange.Reprioritise(priority, false));
    }

    /**
     * Makes a finished job wait again, at the end of its level; its counters stay, so it gets one more run at least.
     */
    public void retry(String id) {
        change(id, "retry", new JobChange.Retry(false));
    }

    /** As {@link #retry}, with all its attempts. */
    public void retryAfresh(String id) {
        change(id, "retry", new JobChange.Retry(true));
    }

    /** Fails a job that waits; asks the worker of a running one to stop, within half a lease. */
    public void cancel(String id, String reason) {
        change(id, "cancel", new JobChange.Cancel(reason));
    }

    /** Makes all failed jobs wait again; answers how many. */
    public long retryAllFailed() {
        return sweep(new BulkAction.RetryAll(JobState.FAILED, now()));
    }

    /**
     * Cuts the link between a job and the parent that waits for it: the job goes on as nobody's child, and the parent
     * is
     * released when it was the last. Answers false when no parent waits for the job: it has none, or it has finished.
     */
    public boolean leaveParent(String id) {
        context.backend().info().require(Capability.CHANGE_WAITING, CHANGE_HINT);
        Changed answer = context.backend().change(ref(id), new JobChange.LeaveParent(), now());
        if (answer instanceof Changed.NotAChild) return false;
        check(id, "cut loose", answer);
        return true;
    }

    /**
     * Removes a job's pending children with everything below them, and so ends the waiting for them. Those that run or
     * have failed stay, and are waited for.
     */
    public void removePendingChildren(String id) {
        change(id, "remove the children of", new JobChange.RemoveChildren());
    }

    /** Removes a job that is not running. A parent that waits for it waits for one less. */
    public void remove(String id) {
        remove(id, false);
    }

    /** Removes a job and everything below it; none of them may be running. */
    public void removeTree(String id) {
        remove(id, true);
    }

    /** No worker claims from this queue any more; running jobs go on. */
    public void pause() {
        configure(new QueueChange.SetPaused(true));
    }

    public void resume() {
        configure(new QueueChange.SetPaused(false));
    }

    /**
     * Removes all waiting jobs, with {@code delayed} also the delayed ones; answers how many. A parent of this queue
     * whose last pending child goes, goes as well and does not count; one in another queue is released.
     */
    public long drain(boolean delayed) {
        return sweep(new BulkAction.Drain(delayed));
    }

    /** At most so many starts per window over all workers; rules over the limits of single workers. */
    public void setRateLimit(RateLimit limit) {
        context.backend().info().require(Capability.QUEUE_LIMIT, "give each worker a rate limit");
        configure(new QueueChange.SetRateLimit(Optional.of(limit)));
    }

    public void removeRateLimit() {
        context.backend().info().require(Capability.QUEUE_LIMIT, "give each worker a rate limit");
        configure(new QueueChange.SetRateLimit(Optional.empty()));
    }

    /** At most so many running jobs over all workers; 1 or more. */
    public void setConcurrency(int most) {
        context.backend().info().require(Capability.GLOBAL_CONCURRENCY, "bound the concurrency of each worker");
        configure(new QueueChange.SetConcurrency(OptionalInt.of(most)));
    }

    public void removeConcurrency() {
        context.backend().info().require(Capability.GLOBAL_CONCURRENCY, "bound the concurrency of each worker");
        configure(new QueueChange.SetConcurrency(OptionalInt.empty()));
    }

    /** No worker claims from this queue for so long; running jobs go on. */
    public void hold(Duration span) {
        JobOptions.builder().delay(span);
        configure(new QueueChange.Hold(span));
    }

    /** Ends a hold before its time. */
    public void liftHold() {
        configure(new QueueChange.LiftHold());
    }

    /** How many event rows are kept, approximately; 0 or more. */
    public void setEventCap(int rows) {
        configure(new QueueChange.SetEventCap(rows));
    }

    /**
     * Removes jobs of one state that are older than a span: finished ones since they finished, others since they were
     * added. Running jobs are never cleaned. Finished jobs go oldest first, others in the order of {@link #list}.
     * Parents fare as with {@link #drain}: also those that wait for a failed child that is cleaned.
     *
     * @param limit at most so many; 0 for all
     * @return how many were removed
     */
    public long clean(JobState state, Duration olderThan, long limit) {
        InvalidInputException.unless(
                state != JobState.ACTIVE, "state", state.label(), "running jobs cannot be cleaned");
        InvalidInputException.unless(limit >= 0, "limit", limit, "must be 0 or more");
        JobOptions.builder().delay(olderThan);
        Instant until = now().minus(olderThan);
        return sweep(new BulkAction.Clean(state, until), limit == 0 ? Long.MAX_VALUE : limit);
    }

    /**
     * Removes the queue with everything in it; answers how many jobs. Without {@code force} it is refused while jobs
     * run.
     * The queue is paused meanwhile, so that nothing begins.
     */
    public long obliterate(boolean force) {
        context.backend().info().require(Capability.LOOKUP, "delete what the store has of it with the store's tools");
        boolean wasPaused = settings().paused();
        pause();
        long running = counts().of(JobState.ACTIVE).orElse(0);
        if (!force && running > 0) {
            if (!wasPaused) resume();
            throw new WrongStateException(
                    name, "obliterate", running + " jobs are running; wait for them, or use force");
        }
        return sweep(new BulkAction.Obliterate(force));
    }

    private void configure(QueueChange change) {
        context.backend().configure(name, change, now());
    }

    private long sweep(BulkAction action) {
        return sweep(action, Long.MAX_VALUE);
    }

    private long sweep(BulkAction action, long most) {
        long done = 0;
        Swept swept;
        do {
            int budget = (int) Math.min(SWEEP_BUDGET, most - done);
            swept = context.backend().sweep(name, action, budget, now());
            done += swept.done();
        } while (swept.more() && done < most);
        return done;
    }

    private void remove(String id, boolean withChildren) {
        context.backend().info().require(Capability.CHANGE_WAITING, CHANGE_HINT);
        check(id, "remove", context.backend().remove(ref(id), withChildren, now()));
    }

    private void change(String id, String action, JobChange change) {
        boolean retries = change instanceof JobChange.Retry;
        context.backend().info().require(retries ? Capability.RETRY_FAILED : Capability.CHANGE_WAITING, CHANGE_HINT);
        check(id, action, context.backend().change(ref(id), change, now()));
    }

    private void check(String id, String action, Changed answer) {
        if (answer instanceof Changed.Done) return;
        if (answer instanceof Changed.NoSuchJob) throw new JobNotFoundException(ref(id));
        String reason;
        if (answer instanceof Changed.WrongState wrong)
            reason = "it is " + wrong.state().label();
        else if (answer instanceof Changed.ActiveLeased active) reason = "job " + active.which() + " is running";
        else if (answer instanceof Changed.CurrentSchedule current)
            reason = "it is the pending run of schedule '" + current.scheduleId() + "'";
        else throw new AssertionError(answer);
        throw new WrongStateException(ref(id), action, reason);
    }

    private Instant now() {
        return context.time().instant();
    }

    private JobRef ref(String id) {
        return new JobRef(name, JobId.of(id));
    }

    private NewJob prepared(String jobName, @Nullable Object payload, JobOptions options) {
        InvalidInputException.present(options, "options");
        JobId id = options.id().orElse(null);
        NewJob job = new NewJob(
                name,
                id == null ? IdSource.ASSIGNED_BY_STORE : IdSource.CUSTOM,
                id,
                jobName,
                context.encode("payload", payload),
                options,
                now(),
                null,
                null,
                false);
        context.intake().check(job);
        return job;
    }

    private CompletionStage<List<Added>> send(NewJob job) {
        return context.intake().add(List.of(AddUnit.of(job))).get(0);
    }

    private Job handle(NewJob job, List<Added> answers) {
        Added answer = answers.get(0);
        boolean stored = Intake.stored(job, answer);
        return new Job(this, new JobRef(name, Intake.idOf(answer)), stored);
    }
}
