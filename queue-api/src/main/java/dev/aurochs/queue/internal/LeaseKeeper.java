package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Renewed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews all leases of a worker at half their length, and tells the runs that lost theirs (rules C8, W5). */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Attached worker;
    private final Consumer<Run> onCancel;

    /** @param onCancel told once of each run that is to stop because its job was cancelled */
    LeaseKeeper(Attached worker, Consumer<Run> onCancel) {
        this.worker = worker;
        this.onCancel = onCancel;
    }

    /** One round over all running jobs; answers the runs that are to stop since. */
    List<Run> runOnce() {
        List<Run> runs = worker.running().all();
        if (runs.isEmpty()) return runs;
        List<Lease> leases = runs.stream().map(Run::lease).collect(Collectors.toList());
        List<Renewed> answers =
                worker.session().renew(leases, worker.setup().time().instant());
        List<Run> stopped = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) if (isStopped(runs.get(i), answers.get(i))) stopped.add(runs.get(i));
        return stopped;
    }

    private boolean isStopped(Run run, Renewed answer) {
        if (answer instanceof Renewed.Lost) {
            if (!run.stop(StopReason.LEASE_LOST, "the lease was lost")) return false;
            LOG.warn(
                    "lost the lease of job {}; another worker may run it",
                    run.lease().job());
            return true;
        }
        if (!(answer instanceof Renewed.Cancel cancel)) return false;
        if (!run.stop(StopReason.CANCELLED, cancel.reason())) return false;
        onCancel.accept(run);
        return true;
    }
}
