package dev.aurochs.rocksdb;

/** Takes the rows of a scan, one after the other. */
interface RowSink {
    /** False ends the scan. */
    boolean accept(byte[] key, byte[] row);
}
