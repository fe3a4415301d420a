package dev.aurochs.queue.job;

/**
 * Jobs that come again (rules J1–J12).
 *
 * @param id unique in its queue; {@link #checkId} has the rule for new ones
 * @param recurrence when its jobs are due
 * @param jobName the name of each of its jobs
 * @param payload the payload of each
 * @param options how each is treated; their delay is the schedule's, their id too
 */
public record Schedule(
        QueueName queue, String id, Recurrence recurrence, String jobName, Json payload, JobOptions options) {
    private static final String RULE =
            "a schedule's id has 1–128 characters (at most 200 bytes in UTF-8), no control characters and no ':'";

    public Schedule {
        Texts.check(jobName, "job name", 200, 200, "a job name has 1–200 bytes in UTF-8 and no control characters");
        InvalidInputException.present(payload, "payload");
        InvalidInputException.unless(
                options.id().isEmpty(), "id", options.id().orElse(null), "a schedule gives its jobs their ids");
        InvalidInputException.unless(
                options.delay().isZero(), "delay", options.delay(), "a schedule decides when its jobs are due");
        InvalidInputException.unless(
                options.deduplication().isEmpty(),
                "deduplication",
                options.deduplication().orElse(null),
                "a schedule has one pending job at most, and needs none");
    }

    /** Throws unless {@code id} may be given to a new schedule. */
    public static String checkId(String id) {
        Texts.check(id, "schedule id", 128, 200, RULE);
        InvalidInputException.unless(id.indexOf(':') < 0, "schedule id", id, RULE);
        return id;
    }
}
