package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.tck.fault.Fault;
import dev.aurochs.tck.fault.FaultyBackend;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever operation fails, and however: what lies above the backend loses nothing and recovers by itself. */
class FaultsTest {
    private static final int MOST_STRIKES = 8;

    private static final Set<Fault> ANY = EnumSet.allOf(Fault.class);
    private static final Set<Fault> NOT_TWICE = EnumSet.of(Fault.NOT_APPLIED, Fault.LOST_REPLY, Fault.LATE);
    /** What ends a wait in this process gets there, even if it throws. */
    private static final Set<Fault> GETS_THERE = EnumSet.of(Fault.LOST_REPLY, Fault.LATE, Fault.TWICE);

    /** Operations that may have anything happen to them. */
    private static final List<String> PLAIN = List.of(
            "add",
            "settle",
            "renew",
            "report",
            "children",
            "recoverStalled",
            "resize",
            "change",
            "remove",
            "configure",
            "sweep",
            "find",
            "list",
            "counts",
            "settings",
            "log",
            "queues",
            "deduplicationOwner",
            "releaseDeduplication",
            "upsertSchedule",
            "removeSchedule",
            "schedule",
            "schedules",
            "countSchedules",
            "chain",
            "passOn");

    /**
     * The others, and what may happen to them: a claim's token is fresh, so that nobody sends it twice; a session or a
     * reader that was opened twice is closed once; waiting twice is waiting too long.
     */
    private static final Map<String, Set<Fault>> SPECIAL = Map.of(
            "claim", NOT_TWICE,
            "settleAndClaim", NOT_TWICE,
            "attach", NOT_TWICE,
            "open", NOT_TWICE,
            "read", NOT_TWICE,
            "awaitWork", NOT_TWICE,
            "wake", GETS_THERE,
            "close", GETS_THERE);

    /** What a backend says of itself is no call on a store; its checks are the doctor's alone. */
    private static final Set<String> NEVER_FAILS = Set.of("info", "selfCheck", "health");

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        PLAIN.forEach(operation -> ANY.forEach(fault -> cases.add(Arguments.of(operation, fault))));
        SPECIAL.keySet().stream()
                .sorted()
                .forEach(operation ->
                        SPECIAL.get(operation).forEach(fault -> cases.add(Arguments.of(operation, fault))));
        return cases.stream();
    }

    @Test
    @DisplayName("every operation of a backend, its sessions and its readers has its faults")
    void everyOperation() {
        Set<String> operations = new TreeSet<>();
        for (Class<?> type : List.of(QueueBackend.class, WorkSession.class, EventReader.class))
            for (Method method : type.getMethods()) operations.add(method.getName());
        Set<String> covered = new TreeSet<>(NEVER_FAILS);
        covered.addAll(PLAIN);
        covered.addAll(SPECIAL.keySet());
        assertThat(covered).isEqualTo(operations);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    @Execution(ExecutionMode.CONCURRENT)
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
