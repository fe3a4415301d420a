package dev.aurochs.tck.server;

/** A server and the harm that tests do to it. A shared one refuses to be harmed. */
public abstract sealed class TestServer implements AutoCloseable permits RabbitServer, RedisServer {
    private final Runner runner;

    TestServer(Runner runner) {
        this.runner = runner;
    }

    final Runner runner() {
        return runner;
    }

    public final String host() {
        return runner.host();
    }

    /** The same for as long as the server is not closed. */
    public final int port() {
        return runner.port();
    }

    /** For a client: scheme, host and port. */
    public abstract String address();

    /** After {@link #stop} or {@link #kill}: on the same port, with what was kept. Returns when it answers. */
    public final void start() {
        runner.start();
    }

    /** In good order: nothing that it keeps is lost. */
    public final void stop() {
        runner.stop();
    }

    /** As {@code kill -9} does. */
    public final void kill() {
        runner.kill();
    }

    /** Connections stay open, and nobody answers, until {@link #resume}. */
    public final void suspend() {
        runner.suspend();
    }

    public final void resume() {
        runner.resume();
    }

    /** Ends the server, running or not, and deletes its data. The shared server stays. */
    @Override
    public final void close() {
        runner.close();
    }
}
