package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.Place;

/**
 * What is kept about a band.
 *
 * @param count how many places it has; at least 1
 * @param cursor no place of the band stands before this one, which itself need not exist any more
 */
public record BandRow(long count, Place cursor) {}
