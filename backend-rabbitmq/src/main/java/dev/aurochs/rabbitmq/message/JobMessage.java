package dev.aurochs.rabbitmq.message;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Runs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A job as a message: id and name are the message's id and type, the payload is the body, and what changes while a job
 * lives is in headers. What may be long (failures, progress) follows the payload, whose length then is in a header.
 */
public final class JobMessage {
    /** How the message is to be read; absent on messages of other programs. */
    static final String VERSION = "aurochs-v";

    static final String QUEUE = "aurochs-queue";
    static final String CREATED = "aurochs-at";
    static final String DUE = "aurochs-due";
    static final String PRIORITY = "aurochs-priority";
    static final String OPTIONS = "aurochs-opts";
    static final String MADE = "aurochs-made";
    static final String STARTED = "aurochs-started";
    static final String STALLS = "aurochs-stalls";
    static final String FINISHED = "aurochs-finished";
    static final String REASON = "aurochs-reason";
    static final String PARENT = "aurochs-parent";
    static final String PAYLOAD_BYTES = "aurochs-payload-bytes";

    private static final int PERSISTENT = 2;
    private static final int FORMAT = 1;
    private static final int SHORT_REASON = 500;
    private static final int LONGEST_NAME_BYTES = 200;
    private static final String JSON_TYPE = "application/json";
    private static final String WITH_TAIL = "application/vnd.aurochs.job";

    private JobMessage() {}

    /** What goes over the wire. */
    public record Encoded(BasicProperties properties, byte[] body) {}

    /** @param level the message's priority, or null for none */
    public static Encoded write(JobRecord job, @Nullable Integer level) {
        byte[] payload = job.body().payload().text().getBytes(StandardCharsets.UTF_8);
        byte[] tail = JobTail.write(job);
        Map<String, Object> headers = headers(job);
        if (tail.length > 0) headers.put(PAYLOAD_BYTES, payload.length);
        BasicProperties.Builder properties = new BasicProperties.Builder()
                .messageId(job.id().value())
                .type(job.name())
                .contentType(tail.length > 0 ? WITH_TAIL : JSON_TYPE)
                .deliveryMode(PERSISTENT)
                .priority(level)
                .timestamp(Date.from(job.body().createdAt()))
                .headers(headers);
        return new Encoded(properties.build(), joined(payload, tail));
    }

    private static byte[] joined(byte[] payload, byte[] tail) {
        if (tail.length == 0) return payload;
        byte[] all = new byte[payload.length + tail.length];
        System.arraycopy(payload, 0, all, 0, payload.length);
        System.arraycopy(tail, 0, all, payload.length, tail.length);
        return all;
    }

    private static Map<String, Object> headers(JobRecord job) {
        JobStatus status = job.status();
        Map<String, Object> headers = new HashMap<>();
        headers.put(VERSION, FORMAT);
        headers.put(QUEUE, job.ref().queue().value());
        headers.put(CREATED, job.body().createdAt().toEpochMilli());
        if (status.dueAt() != null) headers.put(DUE, status.dueAt().toEpochMilli());
        if (status.priority() > 0) headers.put(PRIORITY, status.priority());
        if (job.runs().made() > 0) headers.put(MADE, job.runs().made());
        if (job.runs().started() > 0) headers.put(STARTED, job.runs().started());
        if (job.runs().stalls() > 0) headers.put(STALLS, job.runs().stalls());
        if (status.finishedAt() != null)
            headers.put(FINISHED, status.finishedAt().toEpochMilli());
        String reason = status.failedReason();
        if (reason != null) headers.put(REASON, reason.substring(0, Math.min(reason.length(), SHORT_REASON)));
        if (job.body().parent() != null)
            headers.put(PARENT, Refs.write(job.body().parent()).toString());
        String options = OptionsJson.write(job.options());
        if (options != null) headers.put(OPTIONS, options);
        return headers;
    }

    /**
     * The job in a message that was found in a queue of jobs; other programs may leave out all headers.
     *
     * @param queue where it was found, for messages that do not say
     */
    public static JobRecord read(QueueName queue, BasicProperties properties, byte[] body, Instant now)
            throws UnreadableException {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Headers values = new Headers(headers);
        boolean ours = headers.containsKey(VERSION);
        try {
            int length = ours ? (int) values.number(PAYLOAD_BYTES, body.length) : body.length;
            if (length < 0 || length > body.length) throw new UnreadableException("its body is too short");
            Json payload =
                    ours ? new Json(new String(body, 0, length, StandardCharsets.UTF_8)) : ForeignBody.payload(body);
            JobOptions options = OptionsJson.read(values.text(OPTIONS));
            JobBody given = new JobBody(
                    new JobRef(queueOf(queue, values), id(properties)),
                    name(properties),
                    payload,
                    options,
                    values.moment(CREATED, properties.getTimestamp(), now),
                    ours ? Refs.readLink(values.text(PARENT)) : null);
            JobStatus status = status(values, options);
            return JobTail.read(body, length, given, status);
        } catch (JacksonException | InvalidInputException | IllegalArgumentException unreadable) {
            throw new UnreadableException(String.valueOf(unreadable.getMessage()));
        }
    }

    private static QueueName queueOf(QueueName found, Headers values) {
        String said = values.text(QUEUE);
        return said == null ? found : QueueName.of(said);
    }

    private static JobId id(BasicProperties properties) {
        String id = properties.getMessageId();
        return JobId.of(id == null || id.isEmpty() ? UUID.randomUUID().toString() : id);
    }

    private static String name(BasicProperties properties) throws UnreadableException {
        String name = properties.getType();
        boolean valid = name != null
                && !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES
                && name.chars().noneMatch(Character::isISOControl);
        if (!valid) throw new UnreadableException("its type, which is to be the job's name, is missing or no name");
        return name;
    }

    private static JobStatus status(Headers values, JobOptions options) {
        Runs runs =
                new Runs((int) values.number(MADE, 0), (int) values.number(STARTED, 0), (int) values.number(STALLS, 0));
        return new JobStatus(
                JobState.WAITING,
                (int) values.number(PRIORITY, options.priority()),
                runs,
                values.momentOrNull(DUE),
                null,
                values.momentOrNull(FINISHED),
                null,
                null,
                null,
                values.text(REASON),
                null,
                null);
    }
}
