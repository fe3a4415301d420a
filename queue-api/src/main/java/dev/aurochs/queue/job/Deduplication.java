package dev.aurochs.queue.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out adds that say the same as a job that is there already: while a job holds this id, further adds with it are
 * not stored (rules A10, A13–A19). Needs a backend that declares {@code DEDUPLICATION}.
 *
 * <p>A parent that awaits children has none; {@code replace} and {@code keepLast} are for jobs that are added alone,
 * and {@code keepLast} not for a child.
 *
 * @param id unique in the queue, chosen by the user; 1–128 characters
 * @param ttl hold the id for this long, whether or not the job has finished; null holds it until the job finishes
 * @param extend each add that is kept out starts the ttl anew; needs a ttl
 * @param replace a holder that is still delayed is removed, and the new job takes its place
 * @param keepLast of the adds that come while the holder runs, the newest is stored when the holder finishes; a ttl is
 *     ignored then
 */
public record Deduplication(String id, @Nullable Duration ttl, boolean extend, boolean replace, boolean keepLast) {
    public Deduplication {
        Texts.check(
                id, "deduplication id", 128, 200, "a deduplication id has 1–128 characters and no control characters");
        if (ttl != null) Spans.checkPositive(ttl, "deduplication ttl");
        InvalidInputException.unless(
                !extend || ttl != null, "deduplication extend", true, "extends a ttl; give the ttl as well");
    }

    public Deduplication(String id, @Nullable Duration ttl) {
        this(id, ttl, false, false, false);
    }

    /** One unfinished job at a time. */
    public static Deduplication untilFinished(String id) {
        return new Deduplication(id, null);
    }

    /** One job per ttl, whether or not it has finished. */
    public static Deduplication throttle(String id, Duration ttl) {
        return new Deduplication(id, ttl);
    }

    /**
     * The newest of a burst: each add replaces the one before while that is delayed, and starts the ttl anew. For jobs
     * with a delay.
     */
    public static Deduplication debounce(String id, Duration ttl) {
        return new Deduplication(id, ttl, true, true, false);
    }

    /** One job at a time, and after it the newest of the adds that came while it ran. */
    public static Deduplication keepLast(String id) {
        return new Deduplication(id, null, false, false, true);
    }

    /** The same, with {@code extend}. */
    public Deduplication extending() {
        return new Deduplication(id, ttl, true, replace, keepLast);
    }

    /** The same, with {@code replace}. */
    public Deduplication replacing() {
        return new Deduplication(id, ttl, extend, true, keepLast);
    }

    /** The same, with {@code keepLast}. */
    public Deduplication keepingLast() {
        return new Deduplication(id, ttl, extend, replace, true);
    }
}
