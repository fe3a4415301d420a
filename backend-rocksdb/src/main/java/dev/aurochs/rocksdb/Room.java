package dev.aurochs.rocksdb;

/** How many places the windows of all bands together may have: fewer for each when there are many bands. */
final class Room {
    private static final int TOTAL = 16_384;
    private static final int MOST_A_BAND = 512;
    private static final int LEAST_A_BAND = 16;

    private int bands;

    void bandAdded() {
        bands++;
    }

    void bandRemoved() {
        bands--;
    }

    int ofEach() {
        return Math.max(LEAST_A_BAND, Math.min(MOST_A_BAND, TOTAL / Math.max(1, bands)));
    }

    /** For the band that is worked off at present. */
    int ofHead() {
        return MOST_A_BAND;
    }
}
