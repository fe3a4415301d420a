package dev.aurochs.cli.doctor;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.spi.HealthNote;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param check what was looked at
 * @param found what is the case
 * @param remedy what to do, or null when nothing is to be done
 */
public record Finding(
        String check, Level level, String found, @Nullable String remedy) {
    /** How bad it is. */
    public enum Level {
        OK,
        WARN,
        /** It cannot work. */
        FAIL
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, null);
    }

    static Finding warn(String check, String found, String remedy) {
        return new Finding(check, Level.WARN, found, remedy);
    }

    static Finding fail(String check, String found, String remedy) {
        return new Finding(check, Level.FAIL, found, remedy);
    }

    /** What a store says of its server. */
    static Finding of(HealthNote note) {
        Level level = switch (note.level()) {
            case GOOD -> Level.OK;
            case RISKY -> Level.WARN;
            case BROKEN -> Level.FAIL;
        };
        return new Finding(note.subject(), level, note.found(), note.remedy().orElse(null));
    }

    /** The level in the words people read. */
    public String label() {
        return level.name().toLowerCase(Locale.ROOT);
    }

    public Document document() {
        return new Document()
                .put("check", check)
                .put("status", label())
                .put("found", found)
                .put("do", remedy);
    }
}
