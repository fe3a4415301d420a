package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRef;

/** Told of each step of a flow, in the thread that takes it: for tests of what follows when a process dies there. */
@FunctionalInterface
public interface Steps {
    Steps NOBODY = (step, job) -> {};

    /** @param job the parent whose ledger it is about, or the first job of a unit */
    void reached(Step step, JobRef job);
}
