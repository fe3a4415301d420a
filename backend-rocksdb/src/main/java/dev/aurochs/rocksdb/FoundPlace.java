package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.rocksdb.bytes.PlaceCodec;
import java.util.Optional;

/** A place in the store, and what lies there. */
record FoundPlace(Place place, byte[] row) {
    /** The state of the job that stands there; empty when only its state row tells. */
    Optional<StateRow> state() {
        return PlaceCodec.decode(place, row);
    }
}
