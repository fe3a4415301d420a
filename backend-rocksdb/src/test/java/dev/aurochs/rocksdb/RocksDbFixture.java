package dev.aurochs.rocksdb;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.BackendFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** A store in a folder of its own, gone after the test. */
final class RocksDbFixture implements BackendFixture {
    private final Path folder;

    RocksDbFixture() {
        try {
            folder = Files.createTempDirectory("aurochs-kit");
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    @Override
    public QueueBackend open() {
        return new RocksDbBackendProvider().open(BackendAddress.parse("rocksdb:" + folder.resolve("store")));
    }

    @Override
    public QueueBackend reopen() {
        return open();
    }

    @Override
    public Set<Capability> promised() {
        return EnumSet.complementOf(EnumSet.of(Capability.SHARED));
    }

    @Override
    public void close() {
        if (Files.notExists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
