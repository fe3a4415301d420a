package dev.aurochs.memory;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.BackendFixture;
import java.util.EnumSet;
import java.util.Set;

/** A private memory backend, which can do everything but outlive its process. */
class MemoryFixture implements BackendFixture {
    @Override
    public QueueBackend open() {
        return new MemoryBackendProvider().open(BackendAddress.parse("memory:"));
    }

    @Override
    public Set<Capability> promised() {
        return EnumSet.complementOf(EnumSet.of(Capability.REOPENS, Capability.SHARED));
    }
}
