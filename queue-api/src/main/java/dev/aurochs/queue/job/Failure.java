package dev.aurochs.queue.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One failed run, as text: no live exception is kept.
 *
 * @param type the exception's class, or null when unknown
 * @param message the reason people read
 * @param stack the stack trace, at most 16 KiB; empty when there is none
 * @param at when it happened, or null when unknown
 */
public record Failure(
        @Nullable String type,
        String message,
        String stack,
        @Nullable Instant at) {
    public static Failure of(String message, Instant at) {
        return new Failure(null, message, "", at);
    }
}
