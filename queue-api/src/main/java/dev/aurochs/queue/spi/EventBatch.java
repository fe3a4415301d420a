package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import java.util.List;

/**
 * Events that were read.
 *
 * @param next where a later reader goes on
 * @param gap true when events between the last batch and this one were trimmed before they were read
 */
public record EventBatch(List<QueueEvent> events, EventPosition next, boolean gap) {
    public EventBatch {
        events = List.copyOf(events);
    }
}
