package dev.aurochs.engine.store;

import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;

/**
 * What a queue remembers beside its jobs.
 *
 * @param nextBack the next seq at the end of a line; grows from 1
 * @param nextFront the next seq at the front of a line; falls from −1
 * @param nextId the next number for an id that the store assigns
 * @param nextEvent the seq of the next event row; grows from 1
 * @param firstEvent the seq of the oldest event row that is kept
 */
public record QueueRow(
        QueueName queue,
        long nextBack,
        long nextFront,
        long nextId,
        long nextEvent,
        long firstEvent,
        QueueSettings settings,
        RateWindow window) {
    /** The row of a queue that nobody has touched yet. */
    public static QueueRow untouched(QueueName queue) {
        return new QueueRow(queue, 1, -1, 1, 1, 1, QueueSettings.DEFAULTS, RateWindow.CLOSED);
    }
}
