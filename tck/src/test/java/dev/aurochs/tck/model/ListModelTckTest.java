package dev.aurochs.tck.model;

import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** The model passes the kit like any backend: both were written from the same rules. */
@Tag("once")
class ListModelTckTest extends QueueBackendTck {
    @Override
    protected BackendFixture fixture() {
        return new BackendFixture() {
            @Override
            public QueueBackend open() {
                return new ListModel();
            }

            @Override
            public Set<Capability> promised() {
                return ListModel.CAPABILITIES;
            }
        };
    }
}
