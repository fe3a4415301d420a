package dev.aurochs.redis;

import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;

class RedisTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new RedisFixture();
    }
}
