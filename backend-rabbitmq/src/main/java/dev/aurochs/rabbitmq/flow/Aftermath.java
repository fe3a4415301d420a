package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.rabbitmq.wire.Line;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once the broker is there again: ledgers that it has forgotten to have deleted go, and those that have come to life
 * with something in them are looked through as when a child has ended, which is always allowed.
 */
final class Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final int NONE = 0;

    private final Line line;
    private final Ledgers ledgers;
    private final Check check;
    private final FlowHost host;
    private final Executor pool;
    private volatile int connection;

    Aftermath(Means means, Check check, Executor pool) {
        this.line = means.line();
        this.ledgers = means.ledgers();
        this.check = check;
        this.host = means.host();
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
        try {
            for (JobRef parent : ledgers.deleteAgain()) check.check(parent, host.now());
        } catch (QueueException away) {
            connection = NONE;
            LOG.debug("the ledgers that were deleted last could not be looked at; later again", away);
        }
    }
}
