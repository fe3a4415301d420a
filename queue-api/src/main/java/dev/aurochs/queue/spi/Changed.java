package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;

/** What became of a change from outside. Everything but {@link Done} has changed nothing. */
public sealed interface Changed {
    record Done() implements Changed {}

    record NoSuchJob() implements Changed {}

    record WrongState(JobState state) implements Changed {}

    /** No parent has the job as a pending child. */
    record NotAChild() implements Changed {}

    /** A job of the tree is running. */
    record ActiveLeased(JobRef which) implements Changed {}

    /** The job is the pending run of a schedule. */
    record CurrentSchedule(String scheduleId) implements Changed {}
}
