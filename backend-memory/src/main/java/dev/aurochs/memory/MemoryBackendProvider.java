package dev.aurochs.memory;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import dev.aurochs.queue.spi.Traits.AckLevel;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens {@code memory:}, private to its opener, and {@code memory:NAME}, shared within the JVM until its last close.
 */
public final class MemoryBackendProvider implements QueueBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of("memory");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public QueueBackend open(BackendAddress address) {
        if (address.rest().isEmpty()) return engine(address);
        return SharedBackends.join(address.rest(), () -> engine(address));
    }

    private static EngineBackend engine(BackendAddress address) {
        EngineProfile profile = new EngineProfile("memory", address.toString(), AckLevel.MEMORY, Set.of(), List.of());
        return new EngineBackend(new MemoryStore(), profile);
    }
}
