package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of a job: what a processor and its worker would do. The plain verbs require that the answer is Done. */
public final class Run {
    private static final int CHILDREN_PER_PAGE = 1_000;

    private final WorkerDriver worker;
    private final ClaimedJob claimed;

    Run(WorkerDriver worker, ClaimedJob claimed) {
        this.worker = worker;
        this.claimed = claimed;
    }

    /** As it was when it was claimed. */
    public JobRecord record() {
        return claimed.record();
    }

    public JobRef job() {
        return claimed.record().ref();
    }

    public String name() {
        return claimed.record().name();
    }

    public Lease lease() {
        return claimed.lease();
    }

    public void complete() {
        complete("null");
    }

    public void complete(String result) {
        done(completed(result));
    }

    /** For good. */
    public void fail(String reason) {
        done(failed(reason));
    }

    /** The run failed; another is to follow after this many units. */
    public void retry(long units, String reason) {
        done(retryAfter(units, reason));
    }

    public void postpone(long units) {
        done(new Outcome.Postponed(later(units)));
    }

    public void giveBack() {
        done(new Outcome.GivenBack());
    }

    public void awaitChildren() {
        done(new Outcome.AwaitChildren());
    }

    /** Any ending, with any answer. */
    public Settled settle(Outcome outcome) {
        return settleAs(lease(), outcome);
    }

    /** The same, with another lease than the right one. */
    public Settled settleAs(Lease lease, Outcome outcome) {
        return worker.settle(List.of(new Settlement(lease, outcome))).get(0);
    }

    public Outcome completed(String result) {
        return new Outcome.Completed(new Json(result));
    }

    public Outcome failed(String reason) {
        return new Outcome.Failed(reason, historyWith(reason));
    }

    public Outcome retryAfter(long units, String reason) {
        return new Outcome.Retry(later(units), reason, historyWith(reason));
    }

    public Renewed renew() {
        return worker.renew(List.of(lease())).get(0);
    }

    public Reported progress(String json) {
        return report(new Report.Progress(lease(), new Json(json)));
    }

    public Reported log(String line) {
        return report(new Report.Log(lease(), line));
    }

    public Reported data(String json) {
        return report(new Report.Data(lease(), new Json(json)));
    }

    /** The children by name, as the running parent sees them. */
    public Map<String, Child> children() {
        Map<String, Child> children = new HashMap<>();
        worker.session()
                .children(lease(), PageRequest.first(CHILDREN_PER_PAGE))
                .items()
                .forEach(child -> assertThat(children.put(worker.nameOf(child.job()), child))
                        .as("the child appears twice: %s", child)
                        .isNull());
        return children;
    }

    public WorkerDriver worker() {
        return worker;
    }

    private Reported report(Report report) {
        return worker.report(List.of(report)).get(0);
    }

    private void done(Outcome outcome) {
        assertThat(settle(outcome)).as("settling '%s' as %s", name(), outcome).isEqualTo(new Settled.Done());
    }

    private Instant later(long units) {
        return worker.time().now().plus(worker.time().units(units));
    }

    private List<Failure> historyWith(String reason) {
        List<Failure> history = new ArrayList<>(record().failures());
        history.add(Failure.of(reason, worker.time().now()));
        return history;
    }
}
