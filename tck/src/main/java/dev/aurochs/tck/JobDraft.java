package dev.aurochs.tck;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job as a spec describes it. Its name is what the spec knows it by, so names are unique in a test. Mutable. */
public final class JobDraft {
    private final String name;
    private final JobOptions.Builder options = JobOptions.builder();
    private final List<JobDraft> children = new ArrayList<>();
    private QueueName queue = QueueName.of(QueueDriver.MAIN);
    private Json payload = Json.EMPTY_OBJECT;
    private long delayUnits;
    private ChildFailurePolicy policy = ChildFailurePolicy.WAIT;
    private @Nullable Instant createdAt;
    private @Nullable JobRef parent;
    private @Nullable Lease parentLease;

    private JobDraft(String name) {
        this.name = name;
    }

    /** A job with default options in the main queue. */
    public static JobDraft job(String name) {
        return new JobDraft(name);
    }

    public JobDraft in(String queue) {
        this.queue = QueueName.of(queue);
        return this;
    }

    public JobDraft id(String own) {
        return with(options -> options.id(own));
    }

    public JobDraft data(String json) {
        payload = new Json(json);
        return this;
    }

    /** In the test's units. */
    public JobDraft delayedBy(long units) {
        delayUnits = units;
        return this;
    }

    public JobDraft delayedBy(Duration span) {
        return with(options -> options.delay(span));
    }

    public JobDraft createdAt(Instant moment) {
        createdAt = moment;
        return this;
    }

    public JobDraft priority(int priority) {
        return with(options -> options.priority(priority));
    }

    public JobDraft lifo() {
        return with(options -> options.lifo(true));
    }

    public JobDraft attempts(int attempts) {
        return with(options -> options.attempts(attempts));
    }

    public JobDraft keepCompleted(Retention retention) {
        return with(options -> options.keepCompleted(retention));
    }

    public JobDraft with(Consumer<JobOptions.Builder> change) {
        change.accept(options);
        return this;
    }

    /** Makes it a parent that awaits these, added in the same unit. */
    public JobDraft children(JobDraft... drafts) {
        children.addAll(List.of(drafts));
        return this;
    }

    /** What this job's parent does when this job fails for good. */
    public JobDraft onFailure(ChildFailurePolicy policy) {
        this.policy = policy;
        return with(options -> options.childFailurePolicy(policy));
    }

    /** Makes it a child of a stored job, added from outside. */
    public JobDraft childOf(JobRef parent) {
        this.parent = parent;
        return this;
    }

    /** Makes it a child of a running job, added under that job's lease. */
    public JobDraft childOf(Run parent) {
        this.parent = parent.job();
        this.parentLease = parent.lease();
        return this;
    }

    String name() {
        return name;
    }

    QueueName queue() {
        return queue;
    }

    Json payload() {
        return payload;
    }

    JobOptions options(TestTime time) {
        if (delayUnits > 0) options.delay(time.units(delayUnits));
        return options.build();
    }

    List<JobDraft> children() {
        return children;
    }

    ChildFailurePolicy policy() {
        return policy;
    }

    Instant createdAt(TestTime time) {
        return createdAt == null ? time.now() : createdAt;
    }

    @Nullable
    JobRef parent() {
        return parent;
    }

    @Nullable
    Lease parentLease() {
        return parentLease;
    }
}
