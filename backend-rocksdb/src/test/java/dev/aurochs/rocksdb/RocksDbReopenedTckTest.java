package dev.aurochs.rocksdb;

import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;
import dev.aurochs.tck.ReopeningFixture;
import org.junit.jupiter.api.Tag;

/** The whole kit once more, on a store that is closed and opened anew between the steps. */
@Tag("once")
class RocksDbReopenedTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new ReopeningFixture(new RocksDbFixture());
    }
}
