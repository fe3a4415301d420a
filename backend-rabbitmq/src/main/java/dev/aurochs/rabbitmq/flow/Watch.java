package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRef;

/** Passes steps on to whoever watches; usually nobody. */
final class Watch implements Steps {
    private volatile Steps watcher = NOBODY;

    void by(Steps watcher) {
        this.watcher = watcher;
    }

    @Override
    public void reached(Step step, JobRef job) {
        watcher.reached(step, job);
    }
}
