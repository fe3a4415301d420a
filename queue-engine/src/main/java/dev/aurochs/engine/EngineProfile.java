package dev.aurochs.engine;

import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Limits;
import dev.aurochs.queue.spi.Traits;
import dev.aurochs.queue.spi.Traits.AckLevel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a store says about itself; the engine adds what all its stores have in common.
 *
 * @param name what people call the backend
 * @param address where it is, printable
 * @param ackLevel how far a step has got when it is safe
 * @param beyondCommon capabilities that this store has and others may not
 * @param threads the threads it keeps while open
 */
public record EngineProfile(
        String name, String address, AckLevel ackLevel, Set<Capability> beyondCommon, List<String> threads) {
    private static final Set<Capability> LATER = EnumSet.of(Capability.REOPENS, Capability.SHARED);

    BackendInfo info() {
        Set<Capability> capabilities = EnumSet.complementOf(EnumSet.copyOf(LATER));
        capabilities.addAll(beyondCommon);
        Traits traits = new Traits(
                ackLevel,
                ackLevel,
                Traits.Leasing.RENEWED,
                Traits.Recovery.SWEEP,
                Traits.Fence.STORE,
                Traits.WindowKind.FIXED,
                Traits.EventOrder.TOTAL,
                2_097_152,
                0,
                Duration.ZERO);
        return new BackendInfo(name, address, capabilities, traits, Limits.DEFAULTS, threads);
    }
}
