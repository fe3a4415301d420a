package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.WorkSession;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews all leases of a worker at half their length, and tells the runs that lost theirs (rules C6, W5). */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final WorkSession session;
    private final RunningJobs running;
    private final InstantSource time;

    LeaseKeeper(WorkSession session, RunningJobs running, InstantSource time) {
        this.session = session;
        this.running = running;
        this.time = time;
    }

    /** One round over all running jobs. */
    void runOnce() {
        List<Run> runs = running.all();
        if (runs.isEmpty()) return;
        List<Lease> leases = runs.stream().map(Run::lease).collect(Collectors.toList());
        List<Renewed> answers = session.renew(leases, time.instant());
        for (int i = 0; i < runs.size(); i++) tell(runs.get(i), answers.get(i));
    }

    private static void tell(Run run, Renewed answer) {
        if (answer instanceof Renewed.Lost) {
            if (run.stop(StopReason.LEASE_LOST, "the lease was lost"))
                LOG.warn(
                        "lost the lease of job {}; another worker may run it",
                        run.lease().job());
        } else if (answer instanceof Renewed.Cancel cancel) {
            run.stop(StopReason.CANCELLED, cancel.reason());
        }
    }
}
