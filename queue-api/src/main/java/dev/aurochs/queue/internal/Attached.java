package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.WorkSession;

/** A worker that has its session: what its loops share. */
record Attached(WorkerSetup setup, WorkSession session, RunningJobs running, Bell bell) {
    static Attached to(WorkerSetup setup) {
        WorkSession session = setup.backend().attach(setup.queue(), setup.profile());
        return new Attached(setup, session, new RunningJobs(), new Bell(session));
    }
}
