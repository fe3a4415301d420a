package dev.aurochs.queue.job;

/** Ties a job to its parent: whose child it is, and what its final failure means there. */
public record ParentLink(JobRef parent, ChildFailurePolicy onFailure) {}
