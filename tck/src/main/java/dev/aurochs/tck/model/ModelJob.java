package dev.aurochs.tck.model;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job: plain fields, changed in place. Where it stands in the list is its order among its equals. */
final class ModelJob {
    final JobRef ref;
    JobBody body;
    JobState state;
    int priority;
    Runs runs = Runs.NONE;

    @Nullable
    Instant dueAt;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    @Nullable
    String worker;

    @Nullable
    Json progress;

    @Nullable
    Json result;

    @Nullable
    String failedReason;

    @Nullable
    String deferredFailure;

    @Nullable
    String cancelReason;

    @Nullable
    SessionId session;

    @Nullable
    LeaseToken token;

    List<Failure> failures = List.of();
    final List<String> log = new ArrayList<>();
    final Map<JobRef, Child> children = new LinkedHashMap<>();

    ModelJob(JobBody body, JobState state) {
        this.ref = body.ref();
        this.body = body;
        this.state = state;
        this.priority = body.options().priority();
    }

    /** What somebody sees who looks at it now. */
    JobRecord record() {
        JobStatus status = new JobStatus(
                state,
                priority,
                runs,
                dueAt,
                startedAt,
                finishedAt,
                worker,
                progress,
                result,
                failedReason,
                deferredFailure,
                cancelReason);
        return new JobRecord(body, status, failures);
    }

    boolean isHeldBy(LeaseToken holder) {
        return state == JobState.ACTIVE && holder.equals(token);
    }

    boolean isChildOf(JobRef parent) {
        ParentLink link = body.parent();
        return link != null && link.parent().equals(parent);
    }

    List<JobRef> children(Child.Status status) {
        List<JobRef> found = new ArrayList<>();
        for (Child child : children.values()) if (child.status() == status) found.add(child.job());
        return found;
    }

    /** True when it joins the front of its level wherever it may choose (rules P3, P8). */
    boolean joinsFront() {
        return body.options().lifo() && priority == 0;
    }
}
