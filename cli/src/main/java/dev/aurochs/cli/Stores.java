package dev.aurochs.cli;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import java.util.ServiceLoader;

/**
 * Opens a store without {@link Queues}, for the doctor: it asks a store what no application asks.
 */
final class Stores {
    private Stores() {}

    static QueueBackend open(String text) {
        BackendAddress address = BackendAddress.parse(text);
        for (QueueBackendProvider provider : ServiceLoader.load(QueueBackendProvider.class)) {
            boolean known =
                    provider.settings().keySet().containsAll(address.settings().keySet());
            if (known && provider.schemes().contains(address.scheme())) return provider.open(address);
        }
        // Queues refuses such an address too, and says why.
        Queues.open(text).close();
        throw new AssertionError(text);
    }
}
