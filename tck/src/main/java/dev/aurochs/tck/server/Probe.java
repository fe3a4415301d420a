package dev.aurochs.tck.server;

/** A question that only a server that is ready answers. */
@FunctionalInterface
interface Probe {
    /** False also when nobody listens. */
    boolean answers(String host, int port);
}
