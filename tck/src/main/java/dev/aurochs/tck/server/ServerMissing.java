package dev.aurochs.tck.server;

/** No server was found, or the one found does not start; the message says what to do. */
public final class ServerMissing extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ServerMissing(String message) {
        super(message);
    }

    ServerMissing(String message, Throwable cause) {
        super(message, cause);
    }
}
