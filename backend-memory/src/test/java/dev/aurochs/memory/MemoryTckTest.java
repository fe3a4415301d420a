package dev.aurochs.memory;

import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;

class MemoryTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new MemoryFixture();
    }
}
