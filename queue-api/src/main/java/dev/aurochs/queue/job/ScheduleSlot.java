package dev.aurochs.queue.job;

import java.time.Instant;

/** Which run of which schedule a job is. */
public record ScheduleSlot(String scheduleId, long count, Instant slot) {}
