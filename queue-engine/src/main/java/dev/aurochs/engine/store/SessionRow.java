package dev.aurochs.engine.store;

import dev.aurochs.queue.job.SessionId;
import java.time.Instant;

/**
 * The one lease that all running jobs of a session share: one small write a renewal, however many jobs run.
 *
 * @param ownerEpoch the number of the store's opening under which the session lives; older ones died with their process
 */
public record SessionRow(SessionId id, Instant expiresAt, long ownerEpoch) {}
