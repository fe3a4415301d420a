package dev.aurochs.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * The result of upload: what became of a picture.
 *
 * @param file where it is now, relative to the demo's folder; null when it could not be read
 * @param before the size of the original in bytes; 0 when it could not be read
 * @param after its size now
 * @param reason why it was not published; null when it was
 */
record Published(
        Outcome outcome,
        String picture,
        @Nullable String file,
        long before,
        long after,
        @Nullable String reason) {
    /** How an upload ends. */
    enum Outcome {
        PUBLISHED,
        REJECTED,
        UNREADABLE
    }
}
