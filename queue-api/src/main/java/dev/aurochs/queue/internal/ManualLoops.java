package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.testing.ManualWorker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rounds of a worker's loops, one at a time and in the calling thread. */
public final class ManualLoops implements ManualWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ManualLoops.class);
    /** How often to ask again when a claim answers that there may be more. */
    private static final int MOST_CLAIMS = 1_000;

    private final Attached worker;
    private final Settler settler;
    private final Launcher launcher;
    private final ClaimLoop claims;
    private final LeaseKeeper leases;
    private final StalledSweeper sweeper;
    private final Consumer<AutoCloseable> onClose;
    /** What was claimed and has not ended, oldest first. */
    private final Set<Run> open = new LinkedHashSet<>();
    /** How runs ended, as stored by the present step. */
    private final Map<Run, Outcome> stored = new HashMap<>();

    private @Nullable Run claimed;
    private boolean closed;

    /** @param setup its executor must run what it is given at once, in the calling thread */
    public ManualLoops(WorkerSetup setup, Consumer<AutoCloseable> onClose) {
        worker = Attached.to(setup);
        settler = new Settler(worker);
        launcher = new Launcher(worker, settler, WorkerLoops.PATIENCE, ClockWatchdog.of(setup.time()));
        claims = new ClaimLoop(worker, settler, this::take);
        leases = new LeaseKeeper(worker, launcher::awaitEnd);
        sweeper = new StalledSweeper(setup);
        this.onClose = onClose;
    }

    @Override
    public Optional<Ran> runNext() {
        Run run = claim();
        if (run == null) return Optional.empty();
        if (open.contains(run)) launcher.begin(run);
        return Optional.of(end(run));
    }

    @Override
    public List<Ran> runAll(int most) {
        List<Ran> all = new ArrayList<>();
        for (Optional<Ran> ran = runNext(); ran.isPresent(); ran = runNext()) {
            all.add(ran.get());
            if (all.size() > most)
                throw new IllegalStateException("more than " + most + " runs in queue '"
                        + worker.setup().queue() + "', the last of them " + ran.get()
                        + "; let a job that comes back at once come back later, or allow more runs");
        }
        return all;
    }

    @Override
    public Optional<Held> hold() {
        for (Run run = claim(); run != null; run = claim()) {
            if (open.contains(run)) return Optional.of(new HeldRun(run));
            end(run);
        }
        return Optional.empty();
    }

    @Override
    public List<JobRef> renew() {
        requireOpen();
        List<Run> stopped = leases.runOnce();
        return open.stream()
                .filter(stopped::contains)
                .map(run -> run.lease().job())
                .toList();
    }

    @Override
    public List<JobRef> sweep() {
        requireOpen();
        return sweeper.recover();
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        worker.running().shut();
        open.forEach(launcher::giveBack);
        open.clear();
        try {
            settle();
        } catch (BackendUnavailableException away) {
            LOG.warn("queue '{}': jobs are not given back: {}", worker.setup().queue(), away.getMessage());
        } finally {
            launcher.close();
            worker.closeSession();
            onClose.accept(this);
        }
    }

    /** The next job, in {@link #open} when it may run; null when there is none now. */
    private @Nullable Run claim() {
        requireOpen();
        settle();
        claimed = null;
        for (int asked = 0; asked < MOST_CLAIMS; asked++) {
            takeSlot();
            Rest left = claims.turn(List.of(), 1);
            if (claimed != null || !(left instanceof Rest.Perhaps)) return claimed;
        }
        return null;
    }

    private boolean take(Run run) {
        claimed = run;
        if (launcher.admit(run)) open.add(run);
        return true;
    }

    private void takeSlot() {
        Slots slots = worker.setup().slots();
        if (slots.take(this, 1, () -> {}) == 1) return;
        slots.leave(this);
        throw new IllegalStateException(
                "no free slot in queue '" + worker.setup().queue() + "': " + open.size()
                        + " job(s) are held; end one, or give the worker more concurrency");
    }

    private Ran end(Run run) {
        open.remove(run);
        settle();
        return new Ran(run.claimed().record(), Optional.ofNullable(stored.remove(run)));
    }

    /** Stores what has ended; what could not be stored is kept for the next time. */
    private void settle() {
        while (!settler.isEmpty()) {
            List<Ending> batch = settler.take(Integer.MAX_VALUE);
            List<CompletionStage<Settled>> answers = send(batch);
            for (int i = 0; i < batch.size(); i++) answers.set(i, settler.watch(batch.get(i), answers.get(i)));
            for (int i = 0; i < batch.size(); i++)
                if (Stages.join(answers.get(i), "the end of a run") instanceof Settled.Done)
                    stored.put(batch.get(i).run(), batch.get(i).settlement().outcome());
        }
    }

    private List<CompletionStage<Settled>> send(List<Ending> batch) {
        List<Settlement> settlements = batch.stream().map(Ending::settlement).toList();
        boolean sent = false;
        try {
            List<CompletionStage<Settled>> answers =
                    worker.session().settle(settlements, worker.setup().time().instant());
            sent = true;
            return new ArrayList<>(answers);
        } finally {
            if (!sent) settler.putBack(batch);
        }
    }

    private void requireOpen() {
        if (closed)
            throw new IllegalStateException(
                    "this manual worker of queue '" + worker.setup().queue() + "' is closed");
    }

    private final class HeldRun implements Held {
        private final Run run;

        HeldRun(Run run) {
            this.run = run;
        }

        @Override
        public JobRecord job() {
            return run.claimed().record();
        }

        @Override
        public Optional<StopReason> stopReason() {
            return Optional.ofNullable(run.stopped());
        }

        @Override
        public Ran run() {
            requireHeld();
            launcher.begin(run);
            return end(run);
        }

        @Override
        public Ran giveBack() {
            requireHeld();
            launcher.giveBack(run);
            return end(run);
        }

        private void requireHeld() {
            if (!open.contains(run))
                throw new IllegalStateException("job " + run.lease().job() + " is not held any more");
        }
    }
}
