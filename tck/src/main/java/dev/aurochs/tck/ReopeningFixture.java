package dev.aurochs.tck;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs every spec on a backend that is closed and opened again between the steps: whenever time passes and whenever a
 * worker attaches, as long as nothing is leased. Workers and event readers do not notice. What a store keeps only in
 * memory is found out here.
 */
public final class ReopeningFixture implements BackendFixture {
    private final BackendFixture inner;
    private @Nullable ReopeningBackend backend;
    private volatile boolean leftAlone;

    /** The inner fixture must promise {@code REOPENS}. */
    public ReopeningFixture(BackendFixture inner) {
        this.inner = inner;
    }

    @Override
    public QueueBackend open() {
        return watched(inner.open());
    }

    @Override
    public QueueBackend reopen() {
        return watched(inner.reopen());
    }

    @Override
    public Set<Capability> promised() {
        return inner.promised();
    }

    @Override
    public TestTime time() {
        TestTime time = inner.time();
        time.beforePassing(this::reopenIfIdle);
        return time;
    }

    @Override
    public void loseLease(TestTime time, Lease lease, Duration length) {
        inner.loseLease(time, lease, length);
    }

    @Override
    public void leaveAlone() {
        leftAlone = true;
    }

    @Override
    public void close() {
        inner.close();
    }

    private QueueBackend watched(QueueBackend opened) {
        backend = new ReopeningBackend(opened, inner::reopen, () -> leftAlone);
        return backend;
    }

    private void reopenIfIdle() {
        if (backend != null) backend.reopenIfIdle();
    }
}
