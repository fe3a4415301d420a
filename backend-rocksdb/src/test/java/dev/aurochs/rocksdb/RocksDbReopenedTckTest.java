package dev.aurochs.rocksdb;

import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;
import dev.aurochs.tck.ReopeningFixture;

/** The whole kit once more, on a store that is closed and opened anew between the steps. */
class RocksDbReopenedTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new ReopeningFixture(new RocksDbFixture());
    }
}
