package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.QueueName;
import java.util.OptionalLong;

/**
 * What a command that acts has to say.
 *
 * @param jobs how many jobs it was about; empty where the backend cannot tell
 * @param dryRun true when nothing was done
 */
record JobsDone(QueueName queue, OptionalLong jobs, boolean dryRun) {
    static JobsDone of(QueueName queue, long jobs) {
        return new JobsDone(queue, OptionalLong.of(jobs), false);
    }

    static JobsDone dryRun(QueueName queue, OptionalLong jobs) {
        return new JobsDone(queue, jobs, true);
    }

    /** {@code 2 jobs}, or a document that begins with the same. */
    String shown(JsonOption output) {
        return output.isSet() ? document().toString() : text(jobs) + " jobs";
    }

    Document document() {
        return new Document()
                .put("queue", queue.value())
                .put("jobs", jobs.isPresent() ? (Number) jobs.getAsLong() : null)
                .put("dryRun", dryRun);
    }

    /** The number, or {@code ?} where the backend cannot tell. */
    static String text(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "?";
    }
}
