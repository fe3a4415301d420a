package dev.aurochs.cli.input;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;

/** Names within JSON files, checked where they stand so that the refusal can name line and path. */
final class Names {
    private static final int LONGEST_JOB_NAME_BYTES = 200;

    private Names() {}

    static QueueName queue(JsonSource source, String path) {
        try {
            return QueueName.of(source.string(path));
        } catch (InvalidInputException broken) {
            throw source.refused("'" + path + "': " + broken.getMessage());
        }
    }

    static String job(JsonSource source, String path) {
        String name = source.string(path);
        boolean valid = !name.isEmpty()
                && name.chars().noneMatch(Character::isISOControl)
                && name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= LONGEST_JOB_NAME_BYTES;
        if (!valid)
            throw source.refused(
                    "'" + path + "': a job name has 1–200 bytes in UTF-8 and no control characters");
        return name;
    }
}
