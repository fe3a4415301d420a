package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ends of runs until the store has answered them, and settles anew what could not be settled as asked
 * (rules F3, F4) or was not stored because the store was away (settling twice is safe, rule C7). Thread-safe.
 */
final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final WorkerSetup setup;
    private final RunningJobs running;
    private final Bell bell;
    private final ConcurrentLinkedQueue<Ending> endings = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
    private volatile boolean stores = true;

    Settler(Attached worker) {
        setup = worker.setup();
        running = worker.running();
        bell = worker.bell();
    }

    /** Takes a run's end; whoever hands it over rings the bell. */
    void put(Ending ending) {
        endings.add(ending);
    }

    void putBack(List<Ending> batch) {
        endings.addAll(batch);
    }

    List<Ending> take(int most) {
        List<Ending> batch = new ArrayList<>();
        Ending ending;
        while (batch.size() < most && (ending = endings.poll()) != null) batch.add(ending);
        return batch;
    }

    boolean isEmpty() {
        return endings.isEmpty();
    }

    /** Why ends came back unstored since the last call, or null when none did. */
    @Nullable
    Throwable takeTrouble() {
        return trouble.getAndSet(null);
    }

    /** False from an end that came back unstored until the next that was stored. */
    boolean stores() {
        return stores;
    }

    void watch(List<Ending> batch, List<CompletionStage<Settled>> answers) {
        for (int i = 0; i < batch.size(); i++) watch(batch.get(i), answers.get(i));
    }

    /** The stage that it answers completes after what follows from the answer has been done. */
    CompletionStage<Settled> watch(Ending ending, CompletionStage<Settled> stored) {
        return stored.whenComplete((answer, failure) -> {
            if (failure == null) answered(ending, answer);
            else failed(ending, Stages.unwrapped(failure, "settling"));
        });
    }

    private void answered(Ending ending, Settled answer) {
        stores = true;
        if (answer instanceof Settled.Done) {
            LOG.debug("settled job {}", ending.run().lease().job());
            running.remove(ending.run());
            return;
        }
        JobRecord job = ending.run().claimed().record();
        Instant now = setup.time().instant();
        if (answer instanceof Settled.ChildrenPending) {
            Failure pending =
                    Failure.of("returned while children are pending; end with waitForChildren() instead", now);
            again(ending, setup.retries().afterFailure(job, pending, now));
        } else if (answer instanceof Settled.ChildrenFailed failed) {
            again(ending, setup.retries().forGood(job, Failure.of(childFailed(failed.which()), now)));
        } else if (answer instanceof Settled.Refused refused
                && !(ending.settlement().outcome() instanceof Outcome.Failed)) {
            LOG.error("the store refused the end of job {}: {}", job.ref(), refused.reason());
            again(ending, setup.retries().forGood(job, Failure.of("not storable: " + refused.reason(), now)));
        } else {
            LOG.warn(
                    "the end of job {} was not stored: {}; it was settled before, or is somebody else's now",
                    job.ref(),
                    answer);
            running.remove(ending.run());
        }
    }

    /** The same on every backend, in whatever order it names them. */
    private static String childFailed(List<JobRef> which) {
        JobRef first = Collections.min(which, Comparator.comparing(JobRef::toString));
        return "child " + first + " failed" + (which.size() == 1 ? "" : ", and " + (which.size() - 1) + " more");
    }

    private void failed(Ending ending, QueueException failure) {
        if (failure.isTemporary()) {
            stores = false;
            endings.add(ending);
            trouble.set(failure);
            bell.ring();
            return;
        }
        LOG.error(
                "the end of job {} is lost; it runs again after recovery: {}",
                ending.run().lease().job(),
                failure.getMessage());
        setup.troubles().tell(failure);
        running.remove(ending.run());
    }

    private void again(Ending ending, Outcome outcome) {
        endings.add(Ending.of(ending.run(), outcome));
        bell.ring();
    }
}
