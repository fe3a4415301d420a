package dev.aurochs.engine;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Runs steps on the store; afterwards wakes who waits for work, and, once safe, shows the events. */
final class Steps {
    private final EngineStore store;
    private final WorkSignals signals;
    private final EventHub events;

    Steps(EngineStore store, WorkSignals signals, EventHub events) {
        this.store = store;
        this.signals = signals;
        this.events = events;
    }

    <T> Written<T> run(Instant now, Function<Step, T> body) {
        Step[] done = new Step[1];
        Written<T> written = store.write(rows -> {
            Step step = new Step(rows, now, store.ownerEpoch());
            T answer = body.apply(step);
            step.finish();
            done[0] = step;
            return answer;
        });
        Map<QueueName, QueueDraft> drafts = done[0].drafts();
        drafts.forEach((queue, draft) -> signals.signal(queue, draft.wakeups()));
        CompletionStage<Void> safe = written.safe().thenRun(() -> {
            done[0].forgotten().forEach(events::forget);
            drafts.forEach((queue, draft) -> {
                if (draft.lastEvent() > 0) events.show(queue, draft.lastEvent());
            });
        });
        return new Written<>(written.answer(), safe);
    }

    /** As {@link #run}, but answers when the step is safe. */
    <T> T runSafely(Instant now, Function<Step, T> body) {
        Written<T> written = run(now, body);
        try {
            written.safe().toCompletableFuture().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BackendUnavailableException("interrupted before the change was safe", Outcome.UNKNOWN, stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof QueueException known) throw known;
            throw new BackendUnavailableException("the change may not be safe", Outcome.UNKNOWN, failed.getCause());
        }
        return written.answer();
    }
}
