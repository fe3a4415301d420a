package dev.aurochs.rocksdb;

/** Where changes go. */
interface Disk {
    /** Applies all of the changes or none; they are safe after the next {@link #flush}. */
    void write(Changes changes);

    /** Hands everything written to the operating system, and waits until it is on disk when {@code sync} is true. */
    void flush(boolean sync);
}
