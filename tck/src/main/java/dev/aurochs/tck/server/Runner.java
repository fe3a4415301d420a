package dev.aurochs.tck.server;

/** What runs a server: a process, a container, or somebody else. */
interface Runner extends AutoCloseable {
    String host();

    int port();

    /** Returns when the server answers. The port and the data are those of before. */
    void start();

    /** In good order, as an administrator would. Does nothing when it is not running. */
    void stop();

    /** At once, without a chance to write anything. Does nothing when it is not running. */
    void kill();

    /** The server keeps its connections and does nothing. */
    void suspend();

    void resume();

    /** Ends it and removes its data. */
    @Override
    void close();
}
