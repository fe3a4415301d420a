package dev.aurochs.engine;

import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.WorkerProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running job may do before it ends: keep its lease and report (rules C6, C9). */
final class KeepLease {
    private KeepLease() {}

    static List<Renewed> renew(Step step, WorkerProfile worker, List<Lease> leases) {
        List<Renewed> answers = new ArrayList<>(leases.size());
        boolean anyHeld = false;
        for (Lease lease : leases) {
            StateRow row = held(step, lease);
            if (row == null) {
                answers.add(new Renewed.Lost());
            } else {
                anyHeld = true;
                String cancel = row.status().cancelReason();
                answers.add(cancel == null ? new Renewed.Held() : new Renewed.Cancel(cancel));
            }
        }
        if (anyHeld)
            step.rows()
                    .putSession(new SessionRow(worker.session(), step.now().plus(worker.lease()), step.ownerEpoch()));
        return answers;
    }

    static Reported report(Step step, Report report) {
        StateRow row = held(step, report.lease());
        if (row == null) return step.state(report.lease().job()) == null ? Reported.NO_SUCH_JOB : Reported.LEASE_LOST;
        if (report instanceof Report.Progress progress) setProgress(step, row, progress.progress());
        else if (report instanceof Report.Log log) appendLog(step, row, log.line());
        else if (report instanceof Report.Data data)
            step.rows().putBody(step.body(row.job()).withPayload(data.payload()));
        else throw new AssertionError(report);
        return Reported.DONE;
    }

    static void setProgress(Step step, StateRow row, Json progress) {
        step.keep(
                row.with(Statuses.withProgress(row.status(), progress)),
                List.of(new QueueEvent.Progress(row.job(), step.now(), progress)));
    }

    /** Adds a line and drops the oldest beyond the job's bound. */
    static void appendLog(Step step, StateRow row, String line) {
        JobBody body = step.body(row.job());
        long number = row.logLines();
        long first = number + 1 - body.options().logLines();
        if (body.options().logLines() > 0) step.rows().putLog(row.job(), number, line);
        if (first > 0 && body.options().logLines() > 0) step.rows().deleteLog(row.job(), first - 1, first);
        step.keep(row.withLogLines(number + 1), List.of());
    }

    /** The row of a job that runs under this lease, else null. */
    static @Nullable StateRow held(Step step, Lease lease) {
        StateRow row = step.state(lease.job());
        boolean held = row != null
                && row.state() == JobState.ACTIVE
                && lease.token().equals(row.standing().token());
        return held ? row : null;
    }
}
