package dev.aurochs.tck;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.util.Set;

/** All that the kit asks of a backend's author. One fixture serves one test. */
public interface BackendFixture extends AutoCloseable {
    /** Opens a new, empty backend; the kit closes it. Called once. */
    QueueBackend open();

    /**
     * What this backend promises. The kit compares it with what it declares, so that no capability gets lost unseen.
     */
    Set<Capability> promised();

    /** The time of the test. Called once. */
    default TestTime time() {
        return TestTime.virtual();
    }

    /**
     * Makes a lease be lost without its worker's doing. By default its length passes; a server may delete the lock, a
     * broker may cut the connection.
     */
    default void loseLease(TestTime time, Lease lease, Duration length) {
        time.pass(length.plusMillis(1));
    }

    /** Opens again what the kit opened and has closed. Needed for {@link Capability#REOPENS}. */
    default QueueBackend reopen() {
        throw new IllegalStateException("this fixture promises REOPENS but does not say how to reopen");
    }

    /** From now on several threads use the backend: nothing may be done to it between their calls. */
    default void leaveAlone() {}

    /** Removes what the test left behind. */
    @Override
    default void close() {}
}
