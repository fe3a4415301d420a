package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Limits;
import dev.aurochs.queue.spi.Traits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What fake backends declare. */
final class FakeInfo {
    private static final Traits TRAITS = new Traits(
            Traits.AckLevel.MEMORY,
            Traits.AckLevel.MEMORY,
            Traits.Leasing.RENEWED,
            Traits.Recovery.SWEEP,
            Traits.Fence.STORE,
            Traits.WindowKind.FIXED,
            Traits.EventOrder.TOTAL,
            2_097_152,
            0,
            Duration.ZERO);

    private FakeInfo() {}

    /** Declares exactly these. */
    static BackendInfo of(Capability... capabilities) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        declared.addAll(List.of(capabilities));
        return new BackendInfo("fake", "fake:", declared, TRAITS, Limits.DEFAULTS, List.of());
    }
}
