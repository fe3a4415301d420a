package dev.aurochs.queue.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told when a loop could not do what it is there for, besides the log (rule W15). Thread-safe. */
public final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final List<Consumer<? super Throwable>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<? super Throwable> listener) {
        listeners.add(listener);
    }

    /** On the present thread; a listener that throws is logged and stops nobody. */
    void tell(Throwable trouble) {
        for (Consumer<? super Throwable> listener : listeners) {
            try {
                listener.accept(trouble);
            } catch (RuntimeException | Error broken) {
                LOG.error("an error listener threw when it was told of {}", trouble.toString(), broken);
            }
        }
    }
}
