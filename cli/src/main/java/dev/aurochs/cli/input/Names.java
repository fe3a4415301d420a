package dev.aurochs.cli.input;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;
import java.nio.charset.StandardCharsets;

/** Names as they are typed or stand in JSON files, checked before any store is opened. */
public final class Names {
    private static final int LONGEST_JOB_NAME_BYTES = 200;

    private Names() {}

    /** The name, or {@link InvalidInputException} when no job can have it. */
    public static String job(String name) {
        boolean valid = !name.isEmpty()
                && name.chars().noneMatch(Character::isISOControl)
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_JOB_NAME_BYTES;
        InvalidInputException.unless(
                valid, "job name", name, "a job name has 1–200 bytes in UTF-8 and no control characters");
        return name;
    }

    static String job(JsonSource source, String path) {
        try {
            return job(source.string(path));
        } catch (InvalidInputException broken) {
            throw source.refused("'" + path + "': " + broken.getMessage());
        }
    }

    static QueueName queue(JsonSource source, String path) {
        try {
            return QueueName.of(source.string(path));
        } catch (InvalidInputException broken) {
            throw source.refused("'" + path + "': " + broken.getMessage());
        }
    }
}
