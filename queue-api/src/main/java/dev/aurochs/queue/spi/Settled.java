package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobRef;
import java.util.List;

/** What became of a settlement. Everything but {@link Done} has changed nothing. */
public sealed interface Settled {
    record Done() implements Settled {}

    /** The job is leased to somebody else by now. */
    record LeaseLost() implements Settled {}

    record NoSuchJob() implements Settled {}

    /** The job is not running: somebody moved it. */
    record NotActive() implements Settled {}

    /** It cannot complete while children are pending. */
    record ChildrenPending() implements Settled {}

    /** It can neither complete nor wait: these children failed and their policy fails the parent. */
    record ChildrenFailed(List<JobRef> which) implements Settled {}

    /** The store could not carry out this one; the reason is for people. */
    record Refused(String reason) implements Settled {}
}
