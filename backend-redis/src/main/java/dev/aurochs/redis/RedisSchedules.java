package dev.aurochs.redis;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Schedules.Upserted;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.layout.ScheduleHash;
import dev.aurochs.redis.layout.UnreadableException;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The schedules of queues. */
final class RedisSchedules {
    private static final Instant NO_MOMENT = Instant.EPOCH;

    private final Wire wire;
    private final Keys keys;

    RedisSchedules(Wire wire, Keys keys) {
        this.wire = wire;
        this.keys = keys;
    }

    Upserted upsert(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        Args args = new Args()
                .add(schedule.queue().value())
                .add(schedule.id())
                .addOptional(firstAt.map(Instant::toEpochMilli).orElse(null))
                .addAll(ScheduleHash.write(schedule));
        Reply answer = wire.run(Script.UPSERT_SCHEDULE, keys.meta(schedule.queue()), now, args);
        return switch (answer.verdict()) {
            case "pending" -> pending(schedule.id(), moment(answer.subject()));
            case "slot-taken" -> new Upserted.SlotTaken(moment(answer.subject()));
            default -> new Upserted.NoSlot();
        };
    }

    private static Upserted pending(String schedule, Instant slot) {
        return new Upserted.Pending(ScheduleSlot.jobId(schedule, slot), slot);
    }

    private static Instant moment(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    boolean remove(QueueName queue, String id, Instant now) {
        Args args = new Args().add(queue.value()).add(id);
        return wire.run(Script.REMOVE_SCHEDULE, keys.meta(queue), now, args).number() == 1;
    }

    Optional<ScheduleRecord> find(QueueName queue, String id) {
        Reply answer = list(queue, id, 0, 1);
        try {
            return answer.get("entries").list().stream().findFirst().map(entry -> record(queue, entry));
        } catch (UnreadableException damaged) {
            throw new BackendCorruptException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    private static ScheduleRecord record(QueueName queue, Reply entry) {
        return ScheduleHash.read(
                queue,
                entry.get("id").text(),
                moment(entry.get("slot").text()),
                entry.get("fields").fields());
    }

    private Reply list(QueueName queue, String id, long from, int limit) {
        Args args = new Args().add(queue.value()).add(id).add(from).add(limit);
        return wire.run(Script.SCHEDULES, keys.meta(queue), NO_MOMENT, args);
    }

    Page<ScheduleRecord> page(QueueName queue, PageRequest page) {
        Reply answer = list(queue, "", Pages.begin(page), page.limit());
        List<ScheduleRecord> records = new ArrayList<>();
        List<BadRecord> bad = new ArrayList<>();
        for (Reply entry : answer.get("entries").list()) {
            try {
                records.add(record(queue, entry));
            } catch (UnreadableException damaged) {
                JobId run = ScheduleSlot.jobId(
                        entry.get("id").text(), moment(entry.get("slot").text()));
                bad.add(new BadRecord(new JobRef(queue, run), String.valueOf(damaged.getMessage())));
            }
        }
        return Pages.of(records, bad, page, answer.get("total").number());
    }

    long count(QueueName queue) {
        return list(queue, "", 0, 0).get("total").number();
    }
}
