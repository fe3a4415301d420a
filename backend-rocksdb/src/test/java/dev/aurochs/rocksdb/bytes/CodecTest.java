package dev.aurochs.rocksdb.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is written is read back, and bytes that nobody wrote are refused in one way only. */
class CodecTest {
    private static final int ROUNDS = 2_000;
    private final Randoms random = new Randoms(42);

    @Test
    void every_row_is_read_back_as_it_was_written() {
        for (int i = 0; i < ROUNDS; i++) {
            StateRow state = random.state();
            assertThat(StateCodec.decode(state.job(), StateCodec.encode(state))).isEqualTo(state);
            JobBody body = random.body();
            assertThat(BodyCodec.decode(body.ref(), BodyCodec.encode(body))).isEqualTo(body);
            QueueRow queue = random.queueRow();
            assertThat(QueueCodec.decode(queue.queue(), QueueCodec.encode(queue)))
                    .isEqualTo(queue);
            ScheduleRow schedule = random.schedule();
            assertThat(ScheduleCodec.decode(
                            schedule.schedule().queue(), schedule.schedule().id(), ScheduleCodec.encode(schedule)))
                    .isEqualTo(schedule);
            SessionRow session = random.session();
            assertThat(SessionCodec.decode(session.id(), SessionCodec.encode(session)))
                    .isEqualTo(session);
            Child child = random.child();
            assertThat(ChildCodec.decode(child.job(), ChildCodec.encode(child))).isEqualTo(child);
            DeduplicationRow held = random.deduplication();
            assertThat(DeduplicationCodec.decode(held.queue(), held.id(), DeduplicationCodec.encode(held)))
                    .isEqualTo(held);
            List<Failure> failures = random.failures();
            assertThat(FailuresCodec.decode(FailuresCodec.encode(failures))).isEqualTo(failures);
            String line = random.text();
            assertThat(LogCodec.decode(LogCodec.encode(line))).isEqualTo(line);
            BandRow band = new BandRow(random.number(), random.place());
            assertThat(BandCodec.decode(BandKey.of(band.cursor()), BandCodec.encode(band)))
                    .isEqualTo(band);
        }
    }

    @Test
    void every_kind_of_event_is_read_back() {
        for (int i = 0; i < 200; i++) {
            List<QueueEvent> events = allKinds();
            EventRow row = new EventRow(random.number(), events);
            assertThat(EventCodec.decode(
                            events.get(0).queue(),
                            row.seq(),
                            EventCodec.encode(events.get(0).queue(), row)))
                    .isEqualTo(row);
        }
        assertThat(allKinds().stream().map(Object::getClass).distinct().count())
                .as("kinds of events covered here")
                .isEqualTo(Arrays.stream(QueueEvent.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .count());
    }

    private List<QueueEvent> allKinds() {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(random.text(), random.text()));
        Optional<JobState> from = Optional.ofNullable(random.maybe(() -> JobState.FAILED));
        Instant at = random.moment();
        List<QueueEvent> events = new ArrayList<>();
        events.add(new QueueEvent.Added(random.job(), at, random.text()));
        events.add(new QueueEvent.Waiting(random.job(), at, from));
        events.add(new QueueEvent.Delayed(random.job(), at, random.moment()));
        events.add(new QueueEvent.WaitingChildren(random.job(), at, from));
        events.add(new QueueEvent.Active(random.job(), at));
        events.add(new QueueEvent.Progress(random.job(), at, random.json()));
        events.add(new QueueEvent.Completed(random.job(), at, random.json()));
        events.add(new QueueEvent.Failed(random.job(), at, random.text()));
        events.add(new QueueEvent.RetriesExhausted(random.job(), at, random.small()));
        events.add(new QueueEvent.Stalled(random.job(), at));
        events.add(new QueueEvent.Removed(random.job(), at, JobState.DELAYED));
        events.add(new QueueEvent.Duplicated(random.job(), at));
        events.add(new QueueEvent.Deduplicated(random.job(), at, random.text(), JobId.of("j" + random.text())));
        events.add(new QueueEvent.Drained(random.queue(), at));
        events.add(new QueueEvent.Paused(random.queue(), at));
        events.add(new QueueEvent.Resumed(random.queue(), at));
        events.add(new QueueEvent.Cleaned(random.queue(), at, random.number()));
        events.add(new QueueEvent.Custom(random.queue(), at, random.text(), fields));
        events.add(new QueueEvent.Unknown(random.queue(), at, random.text(), fields));
        return events;
    }

    @Test
    void damaged_bytes_are_refused_as_malformed_and_in_no_other_way() {
        Random damage = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            StateRow state = random.state();
            survives(damaged(StateCodec.encode(state), damage), bytes -> StateCodec.decode(state.job(), bytes));
            JobBody body = random.body();
            survives(damaged(BodyCodec.encode(body), damage), bytes -> BodyCodec.decode(body.ref(), bytes));
            QueueRow queue = random.queueRow();
            survives(damaged(QueueCodec.encode(queue), damage), bytes -> QueueCodec.decode(queue.queue(), bytes));
            survives(damaged(FailuresCodec.encode(random.failures()), damage), FailuresCodec::decode);
            Child child = random.child();
            survives(damaged(ChildCodec.encode(child), damage), bytes -> ChildCodec.decode(child.job(), bytes));
            DeduplicationRow held = random.deduplication();
            survives(
                    damaged(DeduplicationCodec.encode(held), damage),
                    bytes -> DeduplicationCodec.decode(held.queue(), held.id(), bytes));
            List<QueueEvent> events = allKinds();
            byte[] row = EventCodec.encode(random.queue(), new EventRow(1, events));
            survives(damaged(row, damage), bytes -> EventCodec.decode(random.queue(), 1, bytes));
            byte[] place = damaged(Keyspace.place(random.place()), damage);
            survives(place, Keyspace::place);
        }
    }

    @Test
    void a_newer_format_is_named() {
        byte[] row = NumberCodec.encode(5);
        row[0] = 9;
        assertThatThrownBy(() -> NumberCodec.decode(row))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessage("it has format 9, this version reads 1");
    }

    private static <T> void survives(byte[] bytes, Function<byte[], T> decoding) {
        try {
            decoding.apply(bytes);
        } catch (MalformedBytesException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static byte[] damaged(byte[] bytes, Random damage) {
        byte[] damaged = Arrays.copyOf(bytes, damage.nextInt(4) == 0 ? damage.nextInt(bytes.length + 1) : bytes.length);
        for (int hits = damage.nextInt(4); hits > 0 && damaged.length > 0; hits--)
            damaged[damage.nextInt(damaged.length)] = (byte) damage.nextInt();
        return damaged;
    }
}
