package dev.aurochs.tck.server;

/** A server that others use too: it can be spoken to, and is neither stopped nor started. */
record Borrowed(String host, int port) implements Runner {
    private static final String REFUSED =
            "this server is shared with other tests; take one of your own with startPrivate(…)";

    @Override
    public void start() {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void suspend() {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException(REFUSED);
    }

    @Override
    public void close() {}
}
