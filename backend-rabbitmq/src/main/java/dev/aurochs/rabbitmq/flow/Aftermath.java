package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.QueueException;
import dev.aurochs.rabbitmq.flow.Deletions.Deletion;
import dev.aurochs.rabbitmq.wire.Line;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once the broker is there again: ledgers that it has forgotten to have deleted go, with all or some of what was in
 * them.
 */
final class Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final int NONE = 0;

    private final Line line;
    private final Ledgers ledgers;
    private final Executor pool;
    private volatile int connection;

    Aftermath(Means means, Executor pool) {
        this.line = means.line();
        this.ledgers = means.ledgers();
        this.pool = pool;
        this.connection = line.connections();
    }

    /** Now and then: notices that the connection is another one. */
    void look() {
        int now = line.connections();
        if (now == connection) return;
        connection = now;
        pool.execute(this::putRight);
    }

    private void putRight() {
        List<Deletion> left = ledgers.deletions().take();
        try {
            while (!left.isEmpty()) {
                ledgers.deleteAgain(left.get(0));
                left.remove(0);
            }
        } catch (QueueException away) {
            left.forEach(ledgers.deletions()::note);
            connection = NONE;
            LOG.debug("the ledgers that were deleted last could not be looked at; later again", away);
        }
    }
}
