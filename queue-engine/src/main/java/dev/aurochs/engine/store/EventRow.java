package dev.aurochs.engine.store;

import dev.aurochs.queue.job.QueueEvent;
import java.util.List;

/** The events of one step on one job or queue, under one number of that queue. */
public record EventRow(long seq, List<QueueEvent> events) {}
