package dev.aurochs.queue;

import dev.aurochs.queue.internal.Run;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.job.WrongStateException;
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

    /** Replaces the payload, for the runs that follow. */
    public void updatePayload(@Nullable Object payload) {
        report(new Report.Data(run.lease(), context.encode("payload", payload)));
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
        if (answer != Reported.DONE)
            throw new WrongStateException(record().ref(), "report on", "its lease is lost; another worker may run it");
    }

    private void requireRunning(String action) {
        if (run.isOver()) throw new WrongStateException(record().ref(), action, "this run of it is over");
    }
}
