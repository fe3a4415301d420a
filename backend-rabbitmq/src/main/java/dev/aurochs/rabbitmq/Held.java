package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;

/** A running job: the message that it was, and what its run has made of it. For one session; thread-safe. */
final class Held {
    private final Parcel parcel;
    private volatile JobRecord job;

    Held(Parcel parcel, JobRecord job) {
        this.parcel = parcel;
        this.job = job;
    }

    Parcel parcel() {
        return parcel;
    }

    JobRecord job() {
        return job;
    }

    void becomes(JobRecord job) {
        this.job = job;
    }

    /** False once the broker has handed the job to somebody else, or will. */
    boolean isHeld() {
        return parcel.isHeld();
    }
}
