package dev.aurochs.queue;

import dev.aurochs.queue.internal.Run;
import dev.aurochs.queue.internal.Stages;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The running job as its handler sees it. Thread-safe. What it stores is fenced: after the lease is lost those calls
 * throw {@link WrongStateException} and change nothing.
 */
public final class JobContext {
    private static final int CHILDREN_PER_READ = 1_000;

    private final Run run;
    private final Context context;

    JobContext(Run run, Context context) {
        this.run = run;
        this.context = context;
    }

    /** The job as it was when it was claimed. */
    public JobRecord record() {
        return run.claimed().record();
    }

    public JobId id() {
        return record().id();
    }

    public QueueName queue() {
        return record().ref().queue();
    }

    public String name() {
        return record().name();
    }

    /** 1 in the first run. */
    public int attempt() {
        return record().runs().made() + 1;
    }

    /** Which run of which schedule this job is; empty for one that no schedule made. */
    public Optional<ScheduleSlot> schedule() {
        return Optional.ofNullable(record().body().schedule());
    }

    /** How often the job was recovered from a worker that went away. */
    public int stalls() {
        return record().runs().stalls();
    }

    /** Why the handler should end, else empty. */
    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(run.stopped());
    }

    /** The payload as it is stored. */
    public Json payload() {
        return record().body().payload();
    }

    /** True when the handler should end; its thread was interrupted. */
    public boolean isStopped() {
        return run.stopped() != null;
    }

    /** Stores how far the job is: anything the codec can write, such as a number or a record. */
    public void progress(@Nullable Object progress) {
        report(new Report.Progress(run.lease(), context.encode("progress", progress)));
    }

    /** Adds a line to the job's log; the newest 1,000 are kept. */
    public void log(String line) {
        report(new Report.Log(run.lease(), InvalidInputException.present(line, "log line")));
    }

    /**
     * Replaces the payload, for the runs that follow. A handler that works in steps keeps in it how far it is; {@link
     * #payload()} of this run stays as it was claimed.
     */
    public void updatePayload(@Nullable Object payload) {
        report(new Report.Data(run.lease(), context.encode("payload", payload)));
    }

    /** As {@link #addChildren}, for one child. */
    public AddedFlow addChild(FlowNode child) {
        return addChildren(List.of(child)).get(0);
    }

    /**
     * Gives this job children while it runs, all or nothing; each may be a whole tree. They can be claimed at once.
     * End the run with {@link RunResult#waitForChildren()}: the next one finds them in {@link #children()}.
     *
     * <p>A run that is repeated, after a crash or a failed attempt, must not add them twice. Either add all children
     * of a step in one call, and only when {@link #children()} has none of them; or give them own ids made of this
     * job's id: one that is there already is not stored again, and is this job's child, as long as retention keeps it.
     *
     * @throws WrongStateException when the lease is lost, or one of them belongs to another parent; nothing has been
     *     stored then
     */
    public List<AddedFlow> addChildren(List<FlowNode> children) {
        requireRunning("add children to");
        BackendInfo info = context.backend().info();
        info.require(Capability.DYNAMIC_CHILDREN, "add the whole tree beforehand, by Queues.flows()");
        if (children.isEmpty()) return List.of();
        FlowUnit flow = FlowUnit.under(context, run.lease(), children);
        if (flow.unit().members().size() > 1)
            info.require(Capability.ATOMIC_GROUPS, "add the children one by one, without children of their own");
        List<Added> answers =
                Stages.join(context.intake().add(List.of(flow.unit())).get(0), "the children");
        if (answers.contains(new Added.NoSuchParent(record().ref()))) throw lost("add children to");
        return flow.added(answers);
    }

    /** All children of this job, with what became of them. */
    public List<Child> children() {
        requireRunning("read the children of");
        List<Child> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            PageRequest page = new PageRequest(cursor, 0, CHILDREN_PER_READ);
            Page<Child> read = run.session().children(run.lease(), page);
            all.addAll(read.items());
            cursor = read.next();
        } while (cursor.isPresent());
        return all;
    }

    /** True while {@link RunResult#waitForChildren()} would wait for somebody. */
    public boolean hasPendingChildren() {
        return children().stream().anyMatch(child -> child.status() == Child.Status.PENDING);
    }

    /** The results of the children that completed. */
    public Map<JobRef, Json> childResults() {
        Map<JobRef, Json> results = new LinkedHashMap<>();
        for (Child child : children()) if (child.result() != null) results.put(child.job(), child.result());
        return results;
    }

    /** The results of the children that completed, read as {@code type}. */
    public <T> Map<JobRef, T> childResults(Class<T> type) {
        Map<JobRef, T> results = new LinkedHashMap<>();
        childResults().forEach((job, json) -> results.put(job, decoded("result of " + job, json, type)));
        return results;
    }

    /** The reasons of the children that failed for good. */
    public Map<JobRef, String> childFailures() {
        Map<JobRef, String> failures = new LinkedHashMap<>();
        for (Child child : children()) if (child.failure() != null) failures.put(child.job(), child.failure());
        return failures;
    }

    private <T> T decoded(String field, Json json, Type type) {
        return context.codec().<T>decode(field, json, type);
    }

    private void report(Report report) {
        requireRunning("report on");
        Reported answer =
                run.session().report(List.of(report), context.time().instant()).get(0);
        if (answer != Reported.DONE) throw lost("report on");
    }

    private WrongStateException lost(String action) {
        return new WrongStateException(record().ref(), action, "its lease is lost; another worker may run it");
    }

    private void requireRunning(String action) {
        if (run.isOver()) throw new WrongStateException(record().ref(), action, "this run of it is over");
    }
}
