package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.rabbitmq.flow.Running;
import dev.aurochs.rabbitmq.message.Family;
import java.util.function.UnaryOperator;

/** A running job: the message that it was, and what its run has made of it. For one session; thread-safe. */
final class Held implements Running {
    private final Parcel parcel;
    private volatile JobRecord job;

    Held(Parcel parcel, JobRecord job) {
        this.parcel = parcel;
        this.job = job;
    }

    Parcel parcel() {
        return parcel;
    }

    @Override
    public JobRecord job() {
        return job;
    }

    @Override
    public synchronized void opened() {
        job = Family.of(job).withOpen(true).on(job);
    }

    synchronized void becomes(UnaryOperator<JobRecord> step) {
        job = step.apply(job);
    }

    /** False once the broker has handed the job to somebody else, or will. */
    @Override
    public boolean isHeld() {
        return parcel.isHeld();
    }
}
