package dev.aurochs.rocksdb;

import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;

class RocksDbTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new RocksDbFixture();
    }
}
