package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueName;
import java.util.Set;

/** What happened. */
public interface EventFeed {
    /** Everything that happens after the call returns is seen by the reader. The caller closes it. */
    EventReader open(Set<QueueName> queues, EventPosition from);
}
