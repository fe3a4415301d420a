package dev.aurochs.queue.spi;

import java.util.Optional;

/**
 * One thing about a store that whoever trusts jobs to it should know.
 *
 * @param subject what it is about, in a word; {@value #DURABILITY} for what may be lost and when
 * @param found what is the case: one sentence, without a full stop and without secrets
 * @param remedy what to do; empty when nothing is to be done
 */
public record HealthNote(String subject, Level level, String found, Optional<String> remedy) {
    public static final String DURABILITY = "durability";

    /** How bad it is. */
    public enum Level {
        GOOD,
        /** It works, and may lose jobs or be slow one day. */
        RISKY,
        /** It cannot work so. */
        BROKEN
    }

    public static HealthNote good(String subject, String found) {
        return new HealthNote(subject, Level.GOOD, found, Optional.empty());
    }

    public static HealthNote risky(String subject, String found, String remedy) {
        return new HealthNote(subject, Level.RISKY, found, Optional.of(remedy));
    }

    public static HealthNote broken(String subject, String found, String remedy) {
        return new HealthNote(subject, Level.BROKEN, found, Optional.of(remedy));
    }
}
