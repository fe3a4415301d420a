package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Json;
import java.time.Duration;

/** What may be changed on one job from outside. None of them needs a lease; none moves a running job. */
public sealed interface JobChange {
    /** Makes a delayed job wait now, at the end of its level. */
    record Promote() implements JobChange {}

    /** Gives a delayed job a new delay, from now. */
    record Reschedule(Duration delay) implements JobChange {}

    /** Gives a waiting job the end of another level (or the front, with {@code lifo}); other states only note it. */
    record Reprioritise(int priority, boolean lifo) implements JobChange {}

    /** Makes a finished job wait again, at the end of its level. */
    record Retry(boolean resetCounters) implements JobChange {}

    record ReplaceData(Json payload) implements JobChange {}

    record SetProgress(Json progress) implements JobChange {}

    record AppendLog(String line) implements JobChange {}

    /** Fails a job that waits; asks the worker of a running one to stop. */
    record Cancel(String reason) implements JobChange {}

    /** Cuts a pending child's link: the job goes on as nobody's child, its parent waits for one less. */
    record LeaveParent() implements JobChange {}

    /**
     * Removes the job's pending children, with all below them; those that run or have failed stay, with what is below
     * them. Links to children that are gone are cut.
     */
    record RemoveChildren() implements JobChange {}
}
