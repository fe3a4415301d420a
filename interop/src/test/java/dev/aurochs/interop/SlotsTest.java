package dev.aurochs.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.CronCases.CronCase;
import dev.aurochs.interop.node.BullMq;
import dev.aurochs.interop.node.NodePeer;
import dev.aurochs.queue.internal.CronMoments;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Recurrence;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whoever takes a scheduler's job computes the next slot: Java and Node must find the same one. */
@ExtendWith(LabExtension.class)
class SlotsTest {
    private static final int AT_ONCE = 100;
    private static final long SEED = Long.getLong("aurochs.slots.seed", 20_261_128);
    private static final int DRAWN = Integer.getInteger("aurochs.slots.drawn", 400);

    @ParameterizedTest
    @EnumSource
    @DisplayName("cron over years and zones")
    void overYears(BullMq release, Lab lab) {
        compare(lab.node(release), new CronCases(SEED).overYears());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("cron where the clock goes forward or back")
    void acrossChanges(BullMq release, Lab lab) {
        compare(lab.node(release), new CronCases(SEED).acrossChanges());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("drawn expressions; -Daurochs.slots.seed and -Daurochs.slots.drawn draw others")
    void drawn(BullMq release, Lab lab) {
        compare(lab.node(release), new CronCases(SEED).drawn(DRAWN));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a day whose midnight is left out: Node leaves out the run, Java runs it an hour later")
    void midnightLeftOut(BullMq release, Lab lab) {
        CronCase one = new CronCase("0 0 * * *", "America/Santiago", Instant.parse("2026-09-05T12:00:00Z"), 2);
        assertThat(theirs(lab.node(release)
                        .ask("slots", "cases", List.of(asked(one)))
                        .get(0)))
                .isEqualTo("[2026-09-07T03:00:00Z, 2026-09-08T03:00:00Z]");
        assertThat(ours(one)).isEqualTo("[2026-09-06T04:00:00Z, 2026-09-07T03:00:00Z]");
    }

    private static ObjectNode asked(CronCase one) {
        return Texts.object(
                "pattern", one.pattern(), "tz", one.zone(), "after", one.after().toEpochMilli(), "count", one.count());
    }

    private static void compare(NodePeer node, List<CronCase> cases) {
        List<String> differences = new ArrayList<>();
        for (int from = 0; from < cases.size(); from += AT_ONCE)
            compare(node, cases.subList(from, Math.min(cases.size(), from + AT_ONCE)), differences);
        assertThat(differences)
                .as("%s of %s cases", differences.size(), cases.size())
                .isEmpty();
    }

    private static void compare(NodePeer node, List<CronCase> cases, List<String> differences) {
        JsonNode answers =
                node.ask("slots", "cases", cases.stream().map(SlotsTest::asked).toList());
        for (int i = 0; i < cases.size(); i++) {
            String theirs = theirs(answers.get(i));
            String ours = ours(cases.get(i));
            if (!ours.equals(theirs)) differences.add(cases.get(i) + "\n  Node " + theirs + "\n  Java " + ours);
        }
    }

    private static String theirs(JsonNode answer) {
        List<Instant> slots = new ArrayList<>();
        for (JsonNode slot : answer.path("slots")) slots.add(Instant.ofEpochMilli(slot.asLong()));
        return answer.has("refused") && slots.isEmpty() ? "refused" : slots.toString();
    }

    private static String ours(CronCase one) {
        List<Instant> slots = new ArrayList<>();
        try {
            Recurrence recurrence = Recurrence.cron(one.pattern()).in(ZoneId.of(one.zone()));
            Optional<Instant> next = CronMoments.next(recurrence, one.after());
            while (next.isPresent() && slots.size() < one.count()) {
                slots.add(next.get());
                next = CronMoments.next(recurrence, next.get());
            }
            return slots.isEmpty() ? "refused" : slots.toString();
        } catch (InvalidInputException refused) {
            return "refused";
        }
    }
}
