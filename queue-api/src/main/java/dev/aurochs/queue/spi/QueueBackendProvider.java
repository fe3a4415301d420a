package dev.aurochs.queue.spi;

import java.util.Map;
import java.util.Set;

/** What {@link java.util.ServiceLoader} finds: opens a backend for the schemes it knows. */
public interface QueueBackendProvider {
    Set<String> schemes();

    /** The settings an address may carry, each with a line of help. All others are refused before {@link #open}. */
    Map<String, String> settings();

    /** Opens the backend; throws a typed exception that says what to do when it cannot. */
    QueueBackend open(BackendAddress address);
}
