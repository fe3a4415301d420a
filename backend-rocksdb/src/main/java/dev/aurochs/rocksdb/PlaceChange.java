package dev.aurochs.rocksdb;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a place.
 *
 * @param there whether a job stands there afterwards
 * @param stored whether the database may have the place from before
 * @param row what lies there, see {@link dev.aurochs.rocksdb.bytes.PlaceCodec}
 */
record PlaceChange(boolean there, boolean stored, byte[] row) {
    private static final byte[] NOTHING = {};

    static final PlaceChange LEFT = new PlaceChange(false, true, NOTHING);
    static final PlaceChange TAKEN = new PlaceChange(true, false, NOTHING);

    /** A place that was there and stays, with another row. */
    static PlaceChange rewritten(byte[] row) {
        return new PlaceChange(true, true, row);
    }

    PlaceChange with(byte[] row) {
        return new PlaceChange(there, stored, row);
    }

    /** Both changes in one; null when there is nothing left to write. */
    @Nullable
    PlaceChange after(@Nullable PlaceChange earlier) {
        if (earlier == null) return this;
        if (!there) return earlier.stored ? LEFT : null;
        return new PlaceChange(true, earlier.stored, row);
    }
}
