package dev.aurochs.queue.internal;

import dev.aurochs.queue.internal.ClaimLoop.Ending;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows settlements until they are answered, and settles anew what could not be settled as asked (rules F3, F4). */
final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final WorkerSetup setup;
    private final RunningJobs running;
    private final Consumer<Ending> again;

    Settler(WorkerSetup setup, RunningJobs running, Consumer<Ending> again) {
        this.setup = setup;
        this.running = running;
        this.again = again;
    }

    void watch(List<Ending> batch, List<CompletionStage<Settled>> answers) {
        for (int i = 0; i < batch.size(); i++) {
            Ending ending = batch.get(i);
            answers.get(i).whenComplete((answer, failure) -> {
                if (failure == null) answered(ending, answer);
                else failed(ending, failure);
            });
        }
    }

    private void answered(Ending ending, Settled answer) {
        JobRecord job = ending.run().claimed().record();
        Instant now = setup.time().instant();
        if (answer instanceof Settled.ChildrenPending) {
            Failure pending =
                    Failure.of("returned while children are pending; end with waitForChildren() instead", now);
            settleAs(ending, setup.retries().afterFailure(job, pending, now));
        } else if (answer instanceof Settled.ChildrenFailed failed) {
            settleAs(
                    ending,
                    setup.retries()
                            .forGood(job, Failure.of("child " + failed.which().get(0) + " failed", now)));
        } else if (answer instanceof Settled.Refused refused
                && !(ending.settlement().outcome() instanceof Outcome.Failed)) {
            LOG.error("the store refused the end of job {}: {}", job.ref(), refused.reason());
            settleAs(ending, setup.retries().forGood(job, Failure.of("not storable: " + refused.reason(), now)));
        } else {
            if (answer instanceof Settled.Done) LOG.debug("settled job {}", job.ref());
            else
                LOG.warn(
                        "the end of job {} was not stored: {}; it was settled before, or is somebody else's now",
                        job.ref(),
                        answer);
            running.remove(ending.run());
        }
    }

    private void failed(Ending ending, Throwable failure) {
        LOG.error(
                "the end of job {} may be lost; it runs again after recovery: {}",
                ending.run().lease().job(),
                Stages.unwrapped(failure, "settling").getMessage());
        running.remove(ending.run());
    }

    private void settleAs(Ending ending, Outcome outcome) {
        again.accept(new Ending(ending.run(), new Settlement(ending.run().lease(), outcome)));
    }
}
