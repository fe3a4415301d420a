package dev.aurochs.tck.model;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import java.util.Map;
import java.util.Set;

/** Lets the model be found by its address, as the kit expects of any backend. */
public final class ModelProvider implements QueueBackendProvider {
    /** For the service loader. */
    public ModelProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("model");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public QueueBackend open(BackendAddress address) {
        return new ListModel();
    }
}
