package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.WorkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker that has its session: what its loops share. */
record Attached(WorkerSetup setup, WorkSession session, RunningJobs running, Bell bell) {
    private static final Logger LOG = LoggerFactory.getLogger(Attached.class);

    static Attached to(WorkerSetup setup) {
        WorkSession session = setup.backend().attach(setup.queue(), setup.profile());
        return new Attached(setup, session, new RunningJobs(), new Bell(session));
    }

    void closeSession() {
        try {
            session.close();
        } catch (RuntimeException away) {
            LOG.warn("queue '{}': the session ends by its lease: {}", setup.queue(), away.toString());
        }
    }
}
