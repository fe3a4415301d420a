package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.fault.Fault;
import dev.aurochs.tck.fault.FaultyBackend;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever operation fails, and however: what lies above the backend loses nothing and recovers by itself. */
class FaultsTest {
    private static final int MOST_STRIKES = 8;

    private static final Set<Fault> ANY = EnumSet.allOf(Fault.class);
    private static final Set<Fault> FAILS = EnumSet.of(Fault.NOT_APPLIED, Fault.LOST_REPLY);
    private static final Set<Fault> FAILS_OR_TWICE = EnumSet.of(Fault.NOT_APPLIED, Fault.LOST_REPLY, Fault.TWICE);

    /** Operations, and what may happen to them: a claim's token is fresh, so that nobody sends it twice. */
    private static final Map<String, Set<Fault>> TABLE = Map.ofEntries(
            Map.entry("add", ANY),
            Map.entry("attach", FAILS),
            Map.entry("claim", FAILS),
            Map.entry("settle", ANY),
            Map.entry("settleAndClaim", EnumSet.of(Fault.NOT_APPLIED, Fault.LOST_REPLY, Fault.LATE)),
            Map.entry("renew", FAILS_OR_TWICE),
            Map.entry("report", FAILS_OR_TWICE),
            Map.entry("children", FAILS_OR_TWICE),
            Map.entry("recoverStalled", FAILS_OR_TWICE),
            Map.entry("awaitWork", EnumSet.of(Fault.NOT_APPLIED)),
            Map.entry("resize", FAILS_OR_TWICE),
            Map.entry("change", FAILS_OR_TWICE),
            Map.entry("remove", FAILS_OR_TWICE),
            Map.entry("configure", FAILS_OR_TWICE),
            Map.entry("sweep", FAILS_OR_TWICE),
            Map.entry("find", FAILS_OR_TWICE),
            Map.entry("list", FAILS_OR_TWICE),
            Map.entry("counts", FAILS_OR_TWICE),
            Map.entry("open", FAILS),
            Map.entry("read", FAILS));

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        TABLE.keySet().stream()
                .sorted()
                .forEach(operation -> TABLE.get(operation).forEach(fault -> cases.add(Arguments.of(operation, fault))));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    @DisplayName("W9: nothing acknowledged is lost, and workers, producers and listeners go on by themselves")
    void faults(String operation, Fault fault) throws Exception {
        QueueBackend sound = new MemoryBackendProvider().open(BackendAddress.parse("memory:"));
        FaultyBackend faulty = new FaultyBackend(sound, operation, fault, operation.hashCode(), MOST_STRIKES);
        try (FaultRun run = new FaultRun(sound, faulty)) {
            run.work();
            assertThat(faulty.strikes()).as("strikes").isPositive();
            faulty.heal();
            run.requireAllEnded();
            run.requireAllSlotsFree();
            run.requireAllHeard();
        }
    }

    @Test
    @DisplayName("W9: a job whose claim lost its answer runs soon and at no stall, however busy its worker is")
    void lostClaim() {
        QueueBackend sound = new MemoryBackendProvider().open(BackendAddress.parse("memory:"));
        FaultyBackend faulty = new FaultyBackend(sound, "claim", Fault.LOST_REPLY, 1, 0);
        try (FaultRun run = new FaultRun(sound, faulty)) {
            run.workBesideALongRun(faulty::strikeNext);
            assertThat(faulty.strikes()).isEqualTo(1);
            run.requireAllEnded();
            run.requireAllSlotsFree();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"NOT_APPLIED", "LOST_REPLY"})
    @DisplayName("W9: a listener whose first read fails hears what happened since it was opened")
    void firstRead(Fault fault) {
        QueueBackend sound = new MemoryBackendProvider().open(BackendAddress.parse("memory:"));
        FaultyBackend faulty = new FaultyBackend(sound, "read", fault, 1, 0);
        try (FaultRun run = new FaultRun(sound, faulty)) {
            run.listenAfterAnAdd(faulty::strikeNext);
            run.requireAllHeard();
            assertThat(faulty.strikes()).isEqualTo(1);
        }
    }
}
