package dev.aurochs.rabbitmq;

import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;

class RabbitQuorumTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return RabbitFixture.quorum();
    }
}
