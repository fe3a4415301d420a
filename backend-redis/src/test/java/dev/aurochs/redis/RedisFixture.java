package dev.aurochs.redis;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.redis.wire.Connections;
import dev.aurochs.redis.wire.Wire;
import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.TestTime;
import dev.aurochs.tck.server.RedisServer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A prefix of its own on the server that all tests share; its keys are gone after the test. When the test's time
 * passes, what the server measures is shortened by as much.
 */
final class RedisFixture implements BackendFixture {
    private static final AtomicLong FIXTURES = new AtomicLong();

    private final String prefix = "kit" + ProcessHandle.current().pid() + "-" + FIXTURES.incrementAndGet();
    private final BackendAddress address =
            BackendAddress.parse(RedisServer.shared().address() + "/0?prefix=" + prefix);
    private final Connections connections =
            new Connections(RedisAddress.of(address).server());
    private final Wire wire = new Wire(connections, prefix);

    String prefix() {
        return prefix;
    }

    RedisAddress address() {
        return RedisAddress.of(address);
    }

    @Override
    public QueueBackend open() {
        return new RedisBackendProvider().open(address);
    }

    @Override
    public QueueBackend reopen() {
        return open();
    }

    @Override
    public Set<Capability> promised() {
        return EnumSet.complementOf(EnumSet.of(Capability.VIRTUAL_EXPIRY));
    }

    @Override
    public TestTime time() {
        return TestTime.virtual(span -> RedisKeys.age(wire, prefix, span));
    }

    @Override
    public void close() {
        RedisKeys.deleteAll(wire, prefix);
        connections.close();
    }
}
