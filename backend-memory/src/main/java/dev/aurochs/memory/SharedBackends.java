package dev.aurochs.memory;

import dev.aurochs.queue.spi.QueueBackend;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The named backends of this JVM, each with its number of openers. The one piece of state that is shared beyond an
 * opener; it is what {@code memory:NAME} means.
 */
final class SharedBackends {
    private static final Map<String, SharedBackends> OPEN = new HashMap<>();

    private final QueueBackend backend;
    private int openers;

    private SharedBackends(QueueBackend backend) {
        this.backend = backend;
    }

    static QueueBackend join(String name, Supplier<QueueBackend> first) {
        synchronized (OPEN) {
            SharedBackends shared = OPEN.computeIfAbsent(name, unknown -> new SharedBackends(first.get()));
            shared.openers++;
            return new SharedBackend(shared.backend, () -> leave(name, shared));
        }
    }

    private static void leave(String name, SharedBackends shared) {
        synchronized (OPEN) {
            if (--shared.openers > 0) return;
            OPEN.remove(name);
            shared.backend.close();
        }
    }
}
