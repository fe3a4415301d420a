package dev.aurochs.tck.walk;

import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;

/**
 * What a walk may draw over a backend.
 *
 * @param schedules commands about schedules
 * @param expiry leases that run out, limits, holds and times of deduplication ids: all that a server with a clock of
 *     its own measures by that; and bounds of schedules, which other clients of such a server reach without a word
 */
record Scope(boolean schedules, boolean expiry) {
    static Scope of(BackendInfo info) {
        return new Scope(info.has(Capability.SCHEDULES), info.has(Capability.VIRTUAL_EXPIRY));
    }
}
