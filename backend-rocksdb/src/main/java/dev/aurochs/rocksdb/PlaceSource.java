package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.rocksdb.bytes.BandKey;
import java.util.List;

/** Looks up stored places, for a band that does not have enough of them in memory. */
interface PlaceSource {
    /** The first places of a band in their order, beginning with {@code from} if it is there; at most {@code max}. */
    List<FoundPlace> places(BandKey band, Place from, int max);
}
