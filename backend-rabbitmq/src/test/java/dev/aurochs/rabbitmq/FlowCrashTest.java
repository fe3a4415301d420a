package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.rabbitmq.flow.Step;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes die between all steps of flows, and the broker in the middle of them: no parent runs early, no job of an
 * acknowledged flow is lost, no ledger is left. What ran more than once is printed.
 */
@Timeout(1_800)
class FlowCrashTest {
    private static final int HALTS = Integer.getInteger("aurochs.flow.halts", 20);
    private static final int BROKER_KILLS = Integer.getInteger("aurochs.flow.kills", 1);
    private static final int PER_MILLE = Integer.getInteger("aurochs.flow.permille", 20);
    private static final long SEED = Long.getLong("aurochs.flow.seed", 6);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** A queue that was made just before is not yet safe from a kill of some brokers; ledgers always are that young. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final String NEVER = "0";
    private static final int AT_ONCE = 3;

    private final FlowChecker checker = new FlowChecker();
    private final List<Victim> victims = new ArrayList<>();

    @AfterEach
    void end() {
        victims.forEach(Victim::kill);
    }

    @ParameterizedTest
    @EnumSource(QueueType.class)
    @DisplayName("a process dies at each step of a flow, one after the other")
    void eachStep(QueueType type) {
        try (RabbitServer server = RabbitServer.startPrivate()) {
            String address = address(server, type);
            for (Step step : Step.values()) {
                Victim victim = victim(address, 1, "at" + step, step.name());
                assertThat(victim.awaitEnd(PATIENCE))
                        .as("it takes step %s", step)
                        .isTrue();
            }
            victim(address, 0, "last", NEVER);
            finish(server, "a halt at each of " + Step.values().length + " steps, " + type.label());
        }
    }

    @ParameterizedTest
    @EnumSource(QueueType.class)
    @DisplayName("processes die at random steps of flows")
    void atRandom(QueueType type) {
        try (RabbitServer server = RabbitServer.startPrivate()) {
            String address = address(server, type);
            for (int life = 0; checker.halts() < HALTS; life++) {
                victims.removeIf(victim -> !victim.isAlive());
                if (victims.size() < AT_ONCE) victim(address, 2, "life" + life, Integer.toString(PER_MILLE));
                until(
                        "one of them dies",
                        () -> victims.stream().anyMatch(victim -> !victim.isAlive()) || victims.size() < AT_ONCE);
            }
            victims.forEach(Victim::kill);
            victim(address, 0, "last", NEVER);
            System.out.println("halts by step: " + checker.steps());
            finish(server, checker.halts() + " random halts, " + type.label());
        }
    }

    @ParameterizedTest
    @EnumSource(QueueType.class)
    @DisplayName("the broker is killed in the middle of flows")
    void broker(QueueType type) {
        try (RabbitServer server = RabbitServer.startPrivate()) {
            String address = address(server, type);
            victim(address, 1, "before", NEVER);
            pass(SETTLED);
            for (int kill = 0; kill < BROKER_KILLS; kill++) {
                int before = checker.ended();
                Victim adding = victim(address, 20, "kill" + kill, NEVER);
                until("it works", () -> checker.ended() > before + 40);
                server.kill();
                server.start();
                int after = checker.ended();
                until(
                        "it works again",
                        () -> checker.ended() > after + 40 || checker.missing().isEmpty());
                adding.kill();
            }
            finish(server, BROKER_KILLS + " kills of the broker, " + type.label());
        }
    }

    private static String address(RabbitServer server, QueueType type) {
        return server.address() + "?queueType=" + type.label();
    }

    private Victim victim(String address, int rounds, String called, String when) {
        long seed = SEED * 31 + called.hashCode();
        Victim victim = Victim.start(
                FlowVictim.class, checker::heard, address, Integer.toString(rounds), called, when, Long.toString(seed));
        victims.add(victim);
        return victim;
    }

    private void finish(RabbitServer server, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!checker.missing().isEmpty() && System.nanoTime() < deadline) pass(Duration.ofMillis(200));
        while (!residue(server).isEmpty() && System.nanoTime() < deadline) pass(Duration.ofMillis(200));
        checker.report(what, residue(server));
    }

    private Set<String> residue(RabbitServer server) {
        return checker.residue(server.host(), server.port());
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never came true: " + what);
            pass(Duration.ofMillis(20));
        }
    }

    private static void pass(Duration span) {
        long until = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = until - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
