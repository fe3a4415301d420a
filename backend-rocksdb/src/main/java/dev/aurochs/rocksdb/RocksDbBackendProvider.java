package dev.aurochs.rocksdb;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens {@code rocksdb:PATH?durability=always|everysec|os}: a folder on this machine, with one owner at a time. */
public final class RocksDbBackendProvider implements QueueBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of(RocksDbSettings.SCHEME);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                RocksDbSettings.DURABILITY,
                "when a change is acknowledged: always (on disk, the default), everysec (with the operating system,"
                        + " on disk within a second), os (with the operating system)");
    }

    @Override
    public QueueBackend open(BackendAddress address) {
        RocksDbSettings settings = RocksDbSettings.of(address);
        EngineProfile profile = new EngineProfile(
                RocksDbSettings.SCHEME,
                address.toString(),
                settings.durability().ackLevel(),
                Set.of(Capability.REOPENS),
                List.of(Flusher.THREAD));
        return new EngineBackend(RocksDbStore.open(settings), profile);
    }
}
