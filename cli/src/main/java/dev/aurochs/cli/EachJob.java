package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Does one thing to each of several jobs: what fails is reported, the others are still done. */
final class EachJob {
    private final QueueCommand command;
    private final JsonOption output;
    private final boolean dryRun;

    /** @param dryRun true when what is done to each job only looks */
    EachJob(QueueCommand command, JsonOption output, boolean dryRun) {
        this.command = command;
        this.output = output;
        this.dryRun = dryRun;
    }

    /** Prints how many were done; answers 1 when any failed. */
    int of(QueueName queue, List<String> ids, BiConsumer<Queue, String> action) throws Exception {
        return command.withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            List<Document> failures = new ArrayList<>();
            for (String id : ids) {
                try {
                    action.accept(target, id);
                } catch (QueueException failed) {
                    command.errors().one(failed);
                    failures.add(new Document().put("id", id).put("problem", failed.getMessage()));
                }
            }
            int done = ids.size() - failures.size();
            JobsDone report = new JobsDone(queue, java.util.OptionalLong.of(done), dryRun);
            command.print(
                    output.isSet() ? report.document().put("failed", failures).toString() : report.shown(output));
            return failures.isEmpty() ? Exit.DONE : Exit.FAILED;
        });
    }
}
