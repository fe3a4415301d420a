package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.RateWindow;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.Standing;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.job.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random rows, with a liking for the ends of every range and for texts that break encoders. */
final class Randoms {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "\0",
            "a\0b",
            "\0\0",
            "ÿ",
            "Zażółć gęślą jaźń",
            "日本語",
            "\uFFFD",
            "\uFFFF",
            "😀",
            "\uD800",
            "x\uDC00y",
            "\uDBFF\uDFFF",
            "?",
            "1",
            "{\"a\":[1,2]}");

    private final Random random;

    Randoms(long seed) {
        random = new Random(seed);
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    String text() {
        return random.nextInt(50) == 0 ? pick(TEXTS).repeat(5_000) : pick(TEXTS) + pick(TEXTS) + random.nextInt(100);
    }

    long number() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(7) - 3;
        };
    }

    int small() {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.MIN_VALUE;
            case 1 -> Integer.MAX_VALUE;
            default -> random.nextInt(7) - 3;
        };
    }

    Instant moment() {
        return pick(List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH,
                Instant.ofEpochSecond(-1, 1),
                Instant.ofEpochMilli(random.nextInt())));
    }

    Duration span() {
        return Duration.ofSeconds(random.nextInt(100_000), random.nextInt(1_000_000_000));
    }

    QueueName queue() {
        return QueueName.of(pick(List.of("a", "b", "mail", "q{1}", "żółw", "😀", "ab")));
    }

    JobRef job() {
        return new JobRef(queue(), JobId.of("j" + text()));
    }

    Place place() {
        return new Place(
                pick(List.of(QueueName.of("a"), QueueName.of("ab"))),
                pick(List.of(JobState.values())),
                pick(List.of("", "x", "x\0", "xy")),
                number(),
                number(),
                JobId.of(pick(List.of("1", "10", "2", "é", "z", "1\0", "日"))));
    }

    StateRow state() {
        JobStatus status = new JobStatus(
                pick(List.of(JobState.values())),
                small(),
                new Runs(small(), small(), small()),
                maybe(this::moment),
                maybe(this::moment),
                maybe(this::moment),
                maybe(this::text),
                maybe(this::json),
                maybe(this::json),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text));
        Standing standing =
                new Standing(text(), small(), number(), maybe(() -> new SessionId(text())), maybe(LeaseToken::random));
        Family family = pick(List.of(Family.NONE, new Family(small(), small(), small())));
        return new StateRow(job(), status, standing, family, number());
    }

    JobBody body() {
        return new JobBody(
                job(),
                text(),
                json(),
                options(),
                moment(),
                maybe(() -> new ParentLink(job(), pick(List.of(ChildFailurePolicy.values())))),
                maybe(() -> new ScheduleSlot(text(), number(), moment(), recurrence())),
                maybe(this::json));
    }

    JobOptions options() {
        JobOptions.Builder options = JobOptions.builder();
        if (random.nextBoolean()) return options.build();
        boolean lifo = random.nextBoolean();
        options.lifo(lifo).attempts(1 + random.nextInt(Integer.MAX_VALUE - 1)).delay(span());
        if (!lifo) options.priority(random.nextInt(JobOptions.MAX_PRIORITY + 1));
        if (random.nextBoolean()) options.id("own-" + random.nextInt());
        options.backoff(new Backoff(
                pick(List.of("fixed", "none", "eigene Regel")), span(), maybe(this::span), random.nextDouble()));
        if (random.nextBoolean()) options.keepCompleted(retention()).keepFailed(retention());
        if (random.nextBoolean()) options.timeout(span().plusMillis(1)).expiry(span().plusMillis(1));
        options.childFailurePolicy(pick(List.of(ChildFailurePolicy.values())));
        if (random.nextBoolean()) options.deduplication(deduplicationOption());
        return options.logLines(random.nextInt(100_001))
                .stackTraces(random.nextInt(101))
                .build();
    }

    private Deduplication deduplicationOption() {
        Duration ttl = maybe(() -> span().plusMillis(1));
        boolean extend = ttl != null && random.nextBoolean();
        return new Deduplication("once", ttl, extend, random.nextBoolean(), random.nextBoolean());
    }

    DeduplicationRow deduplication() {
        JobBody next = maybe(this::body);
        QueueName queue = next == null ? queue() : next.ref().queue();
        return new DeduplicationRow(queue, text(), maybe(() -> job().id()), maybe(this::moment), next);
    }

    private Retention retention() {
        return new Retention(random.nextInt(100) - 1L, maybe(this::span), 1 + random.nextInt(1_000));
    }

    QueueRow queueRow() {
        QueueSettings settings = new QueueSettings(
                random.nextBoolean(),
                Optional.ofNullable(maybe(() -> new RateLimit(1 + random.nextInt(9), span().plusMillis(1)))),
                random.nextBoolean() ? OptionalInt.of(small()) : OptionalInt.empty(),
                Optional.ofNullable(maybe(this::moment)),
                small());
        return new QueueRow(
                queue(), number(), number(), number(), number(), number(), settings, new RateWindow(number(), small()));
    }

    ScheduleRow schedule() {
        JobOptions plain = options();
        JobOptions options = JobOptions.builder()
                .priority(plain.priority())
                .lifo(plain.lifo())
                .attempts(plain.attempts())
                .build();
        Schedule schedule = new Schedule(queue(), text(), recurrence(), "report", json(), options);
        return new ScheduleRow(schedule, span(), number(), moment(), random.nextBoolean());
    }

    private Recurrence recurrence() {
        Recurrence recurrence = random.nextBoolean()
                ? Recurrence.every(Duration.ofMillis(1_000 + random.nextInt(100_000)))
                        .offset(Duration.ofMillis(random.nextInt(1_000)))
                : Recurrence.cron(text()).in(ZoneId.of("Europe/Madrid"));
        if (random.nextBoolean()) recurrence = recurrence.limit(1 + random.nextInt(100));
        if (random.nextBoolean()) recurrence = recurrence.startingAt(Instant.ofEpochMilli(random.nextInt(1_000_000)));
        return random.nextBoolean() ? recurrence : recurrence.endingAt(Instant.parse("2038-01-01T00:00:00Z"));
    }

    SessionRow session() {
        return new SessionRow(new SessionId(text()), moment(), number());
    }

    Child child() {
        return new Child(job(), pick(List.of(Child.Status.values())), maybe(this::json), maybe(this::text));
    }

    List<Failure> failures() {
        return Stream.generate(() -> new Failure(maybe(this::text), text(), text(), maybe(this::moment)))
                .limit(random.nextInt(4))
                .toList();
    }

    Json json() {
        return new Json(text());
    }
}
