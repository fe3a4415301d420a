package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.EventBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of the two that walk side by side, and what can be seen of it. */
interface View extends AutoCloseable {
    PageRequest ALL = PageRequest.first(10_000);

    List<QueueName> queues();

    JobCounts counts(QueueName queue);

    QueueSettings settings(QueueName queue);

    List<JobRecord> list(QueueName queue, JobState state, PageRequest page);

    List<Child> children(JobRef job);

    List<String> log(JobRef job);

    /** The next events of all queues, hints left out; waits for the first only. */
    List<QueueEvent> read(Duration atMost);

    static List<QueueEvent> withoutHints(EventBatch batch) {
        if (batch.gap()) throw new AssertionError("the reader missed events");
        List<QueueEvent> events = new ArrayList<>();
        for (QueueEvent event : batch.events()) if (!(event instanceof QueueEvent.Drained)) events.add(event);
        return events;
    }

    /** Leaves nothing behind. */
    @Override
    void close();
}
