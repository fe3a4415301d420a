package dev.aurochs.memory;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;
import java.util.EnumSet;
import java.util.Set;

class MemoryTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new BackendFixture() {
            @Override
            public QueueBackend open() {
                return new MemoryBackendProvider().open(BackendAddress.parse("memory:"));
            }

            @Override
            public Set<Capability> promised() {
                return EnumSet.complementOf(EnumSet.of(
                        Capability.DEDUPLICATION, Capability.SCHEDULES, Capability.REOPENS, Capability.SHARED));
            }
        };
    }
}
