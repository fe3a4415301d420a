package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;

/** The queues and jobs of a walk by small numbers: few own ids in each queue, and what was added or claimed lately. */
final class KnownJobs {
    private static final int REMEMBERED = 12;

    private final List<QueueName> queues = new ArrayList<>();
    private final List<JobRef> seen = new ArrayList<>();
    private final int ownIds;

    KnownJobs(String name, int queues, int ownIds) {
        this.ownIds = ownIds;
        for (int i = 0; i < queues; i++) this.queues.add(QueueName.of(name + "-" + (char) ('a' + i)));
    }

    List<QueueName> queues() {
        return queues;
    }

    QueueName queue(int number) {
        return queues.get(number % queues.size());
    }

    /** Small numbers are own ids, the others what was added or claimed lately. */
    JobRef job(int pick) {
        int own = queues.size() * ownIds;
        return pick < own || seen.isEmpty()
                ? new JobRef(queue(pick), JobId.of(ownId(pick / queues.size() % ownIds)))
                : seen.get((pick - own) % seen.size());
    }

    static String ownId(int number) {
        return "k" + number;
    }

    void remember(JobRef job) {
        seen.add(0, job);
        if (seen.size() > REMEMBERED) seen.subList(REMEMBERED, seen.size()).clear();
    }
}
