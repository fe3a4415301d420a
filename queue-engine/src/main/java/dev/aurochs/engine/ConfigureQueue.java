package dev.aurochs.engine;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.QueueChange;
import java.util.List;
import java.util.Optional;

/** Changes the settings of a queue (rules L1–L3, L7). */
final class ConfigureQueue {
    private ConfigureQueue() {}

    static void apply(Step step, QueueName queue, QueueChange change) {
        QueueDraft draft = step.queue(queue);
        QueueSettings settings = draft.settings();
        if (change instanceof QueueChange.SetPaused set) setPaused(step, queue, set.paused());
        else if (change instanceof QueueChange.SetRateLimit set) draft.set(settings.withRateLimit(set.limit()));
        else if (change instanceof QueueChange.SetConcurrency set) {
            boolean valid = set.max().isEmpty() || set.max().getAsInt() >= 1;
            InvalidInputException.unless(valid, "concurrency", set.max(), "must be 1 or more");
            draft.set(settings.withConcurrency(set.max()));
        } else if (change instanceof QueueChange.Hold hold)
            draft.set(settings.withHeldUntil(Optional.of(step.now().plus(hold.span()))));
        else if (change instanceof QueueChange.LiftHold) draft.set(settings.withHeldUntil(Optional.empty()));
        else if (change instanceof QueueChange.SetEventCap cap) {
            InvalidInputException.unless(cap.rows() >= 0, "event cap", cap.rows(), "must be 0 or more");
            draft.set(settings.withEventCap(cap.rows()));
        } else throw new AssertionError(change);
        draft.wakeAll();
    }

    private static void setPaused(Step step, QueueName queue, boolean paused) {
        QueueDraft draft = step.queue(queue);
        if (draft.settings().paused() == paused) return;
        draft.set(draft.settings().withPaused(paused));
        QueueEvent event =
                paused ? new QueueEvent.Paused(queue, step.now()) : new QueueEvent.Resumed(queue, step.now());
        step.append(queue, List.of(event));
    }
}
