package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import java.util.List;
import java.util.function.BiConsumer;

/** Does one thing to each of several jobs: what fails is reported, the others are still done. */
final class EachJob {
    private final QueueCommand command;

    EachJob(QueueCommand command) {
        this.command = command;
    }

    /** Prints how many were done; answers 1 when any failed. */
    int of(QueueName queue, List<String> ids, BiConsumer<Queue, String> action) throws Exception {
        return command.withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            int done = 0;
            for (String id : ids) {
                try {
                    action.accept(target, id);
                    done++;
                } catch (QueueException failed) {
                    command.errors().one(failed);
                }
            }
            command.print(done + " jobs");
            return done == ids.size() ? Exit.DONE : Exit.FAILED;
        });
    }
}
