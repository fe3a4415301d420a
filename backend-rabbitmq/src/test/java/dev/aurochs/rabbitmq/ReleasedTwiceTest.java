package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.rabbitmq.flow.Step;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process dies between the release of a parent and the note of it: the parent is released again. */
@Timeout(120)
class ReleasedTwiceTest extends FlowsOnBroker {
    private final Map<String, String> ends = new ConcurrentHashMap<>();

    @Test
    @DisplayName("a parent that was released twice runs with all that its children did, and once")
    void releasedTwice() {
        Story story = releasedTwiceAndParked();
        ManualWorker worker = story.worker();
        story.good().run();
        assertThat(next(worker).job().name()).isEqualTo("root");
        assertThat(ends.get("root")).contains("good");
        assertThat(worker.runNext()).isEmpty();
        worker.close();
    }

    @Test
    @DisplayName("a run loses its lease when another message of its job says more by now")
    void outOfDateWhileRunning() {
        Story story = releasedTwiceAndParked();
        ManualWorker worker = story.worker();
        ManualWorker.Held earlier = hold(worker);
        story.good().run();
        OptionalLong failed = failed(earlier.job());
        assertThat(earlier.run().outcome()).isEmpty();
        assertThat(next(worker).outcome()).containsInstanceOf(Outcome.Completed.class);
        assertThat(ends.get("root")).contains("good");
        assertThat(failed(earlier.job())).isEqualTo(failed);
        worker.close();
    }

    private OptionalLong failed(JobRecord ofQueue) {
        return backend.counts(ofQueue.ref().queue()).of(JobState.FAILED);
    }

    /** @param good the second child, in hand */
    private record Story(ManualWorker worker, ManualWorker.Held good) {}

    /** Its first child has failed, the second one is in hand; a message of the parent that knows no more is left. */
    private Story releasedTwiceAndParked() {
        AtomicBoolean died = new AtomicBoolean();
        backend.parts().flows().watch((step, job) -> {
            if (step == Step.RELEASED && died.compareAndSet(false, true))
                throw new BackendUnavailableException(
                        "as if it died", BackendUnavailableException.Outcome.UNKNOWN, null);
        });
        queues.flows()
                .add(FlowNode.of("q", "root")
                        .withChildren(
                                FlowNode.of("q", "bad").withOptions(onFailure(ChildFailurePolicy.CONTINUE_PARENT)),
                                FlowNode.of("q", "good")));
        ManualWorker worker = queues.worker("q")
                .options(WorkerOptions.builder().concurrency(3).build())
                .onAny((payload, job) -> {
                    if (job.name().equals("bad")) return RunResult.fail("no");
                    if (job.hasPendingChildren()) return RunResult.waitForChildren();
                    ends.put(job.name(), job.childResults().values().toString());
                    return job.name();
                })
                .manual();
        assertThatThrownBy(worker::runNext).isInstanceOf(BackendUnavailableException.class);
        ManualWorker.Held good = hold(worker);
        assertThat(good.job().name()).isEqualTo("good");
        assertThat(next(worker).outcome()).containsInstanceOf(Outcome.AwaitChildren.class);
        return new Story(worker, good);
    }

    private static ManualWorker.Ran next(ManualWorker worker) {
        return first(worker::runNext);
    }

    private static ManualWorker.Held hold(ManualWorker worker) {
        return first(worker::hold);
    }

    /** A job may be on its way for a moment. */
    private static <T> T first(Supplier<Optional<T>> step) {
        AtomicReference<T> found = new AtomicReference<>();
        until("a job comes", () -> {
            step.get().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }
}
