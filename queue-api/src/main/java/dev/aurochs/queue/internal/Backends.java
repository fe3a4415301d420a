package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Finds the backend for an address. */
public final class Backends {
    private Backends() {}

    /** Throws {@link InvalidInputException} for a scheme nobody offers, or a setting its provider does not know. */
    public static QueueBackend open(String text) {
        BackendAddress address = BackendAddress.parse(text);
        QueueBackendProvider provider = find(address);
        for (String setting : address.settings().keySet()) {
            InvalidInputException.unless(
                    provider.settings().containsKey(setting),
                    "address setting",
                    setting,
                    address.scheme() + " knows " + listed(provider.settings().keySet()));
        }
        return provider.open(address);
    }

    private static QueueBackendProvider find(BackendAddress address) {
        List<String> found = new ArrayList<>();
        for (QueueBackendProvider provider : ServiceLoader.load(QueueBackendProvider.class)) {
            if (provider.schemes().contains(address.scheme())) return provider;
            found.addAll(provider.schemes());
        }
        throw new InvalidInputException(
                "address scheme",
                address.scheme(),
                "no backend on the class path offers it; found: " + listed(found)
                        + ". Add the backend's jar (dev.aurochs:backend-…)");
    }

    private static String listed(Iterable<String> names) {
        TreeSet<String> sorted = new TreeSet<>();
        names.forEach(sorted::add);
        return sorted.isEmpty() ? "none" : String.join(", ", sorted);
    }
}
