package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;

import dev.aurochs.queue.JobSchedules;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.testing.MutableTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A schedule that is made at one moment, and whose jobs are taken so long after they were due: which slots are put in
 * place one after the other.
 *
 * @param cron the expression, or empty for {@code every}
 * @param zone the expression's, or empty
 * @param offset 0 for none
 * @param first when it is made
 * @param takenAfter milliseconds from a slot until its job is taken
 */
record ScheduleStory(String cron, String zone, long every, long offset, Instant first, List<Long> takenAfter) {
    private static final String ID = "story";
    private static final List<String> CRONS = List.of(
            "*/10 * * * * *",
            "*/5 * * * *",
            "7 * * * *",
            "0 */6 * * *",
            "15 4 * * *",
            "0 9 * * 1-5",
            "0 12 1 * *",
            "0 0 L * *");
    private static final List<String> ZONES = List.of("UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata");

    static ScheduleStory every(Random random) {
        long every = 1 + (long) Math.pow(10, random.nextDouble() * 8);
        long offset = random.nextBoolean() ? 0 : random.nextLong(every);
        return new ScheduleStory("", "", every, offset, moment(random), waits(random, every));
    }

    static ScheduleStory cron(Random random) {
        String cron = CRONS.get(random.nextInt(CRONS.size()));
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        return new ScheduleStory(cron, zone, 0, 0, moment(random), waits(random, 86_400_000));
    }

    private static Instant moment(Random random) {
        return Instant.ofEpochMilli(1_700_000_000_000L + random.nextLong(300_000_000_000L));
    }

    private static List<Long> waits(Random random, long span) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) waits.add((long) (span * random.nextDouble() * (random.nextBoolean() ? 0.2 : 4)));
        return waits;
    }

    /** Of {@code every}: by the arithmetic of the protocol note. */
    List<Long> bySums() {
        long now = first.toEpochMilli();
        long behind = offset;
        long next = now;
        if (behind > 0) {
            next = now / every * every + behind;
            if (next <= now) next += every;
        }
        List<Long> slots = new ArrayList<>(List.of(next));
        for (long wait : takenAfter) {
            now = Math.max(now, next) + wait;
            if (behind == 0) behind = next % every;
            next += every;
            if (next < now) {
                long caught = now / every * every + behind;
                next = caught <= now ? caught + every : caught;
            }
            slots.add(next);
        }
        return slots;
    }

    /** Who makes the schedule, and who takes its jobs in turn. */
    enum Cast {
        NODE,
        JAVA,
        NODE_THEN_BOTH,
        JAVA_THEN_BOTH;

        private boolean javaMakes() {
            return this == JAVA || this == JAVA_THEN_BOTH;
        }

        private boolean javaTakes(int turn) {
            return this == JAVA || this == NODE_THEN_BOTH && turn % 2 == 0 || this == JAVA_THEN_BOTH && turn % 2 == 1;
        }
    }

    List<Long> slots(Lab lab, Cast cast) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("story"));
        MutableTime time = MutableTime.startingAt(first);
        try (Queues queues = Queues.builder(lab.javaAddress()).time(time).open()) {
            long now = first.toEpochMilli();
            node.peer().ask("clock", "at", now);
            if (cast.javaMakes()) byJava(queues.queue(node.name()).schedules());
            else node.call("upsertJobScheduler", ID, json(words()), json("{name:'n'}"));
            List<Long> slots = new ArrayList<>(List.of(slot(lab, node)));
            for (int turn = 0; turn < takenAfter.size(); turn++) {
                long next = Math.max(now, slots.get(turn)) + takenAfter.get(turn);
                time.advance(Duration.ofMillis(next - now));
                now = next;
                node.peer().ask("clock", "at", now);
                if (cast.javaTakes(turn)) new JavaSide(queues, node.name()).step();
                else node.step();
                slots.add(slot(lab, node));
            }
            return slots;
        } finally {
            node.peer().ask("clock");
        }
    }

    private void byJava(JobSchedules schedules) {
        Recurrence recurrence = cron.isEmpty()
                ? Recurrence.every(Duration.ofMillis(every))
                : Recurrence.cron(cron).in(ZoneId.of(zone));
        if (offset > 0) recurrence = recurrence.offset(Duration.ofMillis(offset));
        schedules.upsert(ID, recurrence, "n", JavaSide.payload("{}"), JobOptions.defaults());
    }

    private String words() {
        if (!cron.isEmpty()) return "{pattern:'" + cron + "',tz:'" + zone + "'}";
        return "{every:" + every + (offset > 0 ? ",offset:" + offset : "") + "}";
    }

    private static long slot(Lab lab, NodeQueue node) {
        Double slot = lab.redis().zscore(lab.key(node.name(), "repeat"), ID);
        return slot == null ? -1 : slot.longValue();
    }
}
