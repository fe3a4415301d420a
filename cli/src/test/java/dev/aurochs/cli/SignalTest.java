package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.work.StopSignals.Stop;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How {@code work} comes to an end on signals, with commands that are running. */
@Timeout(60)
class SignalTest {
    private final Desk desk = new Desk();

    @TempDir
    private Path folder;

    private Path pipe;

    @BeforeEach
    void aJobAndAPipe() throws IOException, InterruptedException {
        pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        desk.type("add", "mail", "n", "--id", "j", "--attempts", "2").printed();
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    /** Starts working; what the command echoes to {@code $PIPE} is what {@link #said} answers. */
    private CompletableFuture<Desk.Typed> working(String command, String... more) {
        String[] typed = {"work", "mail", "--exec", "PIPE=" + pipe + "; " + command};
        return CompletableFuture.supplyAsync(
                () -> desk.type(Stream.concat(Stream.of(typed), Stream.of(more)).toArray(String[]::new)));
    }

    /** Waits for the command to open the pipe and answers what it wrote. */
    private String said() throws IOException {
        return Files.readString(pipe).strip();
    }

    private JobRecord job() {
        return desk.queues.queue("mail").find("j").orElseThrow();
    }

    private static boolean runs(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).map(SignalTest::runs).orElse(false);
    }

    private static boolean runs(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void theFirstSignalLetsTheCommandEnd() throws Exception {
        CompletableFuture<Desk.Typed> working = working("echo ready >$PIPE; read line <$PIPE; echo $line");
        assertThat(said()).isEqualTo("ready");
        desk.stops.raise(Stop.INT);
        Files.writeString(pipe, "42\n");
        Desk.Typed ended = working.get();
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("stopping", "1 job completed, 0 runs failed");
        assertThat(job().status().result()).isEqualTo(new Json("42"));
    }

    @Test
    void theSecondSignalEndsTheCommandAndAllItStarted() throws Exception {
        CompletableFuture<Desk.Typed> working = working("sleep 300 & echo $! $$ >$PIPE; wait");
        String[] pids = said().split(" ");
        assertThat(pids).allMatch(SignalTest::runs);
        desk.stops.raise(Stop.INT);
        desk.stops.raise(Stop.TERM);
        Desk.Typed ended = working.get();
        assertThat(ended.code()).isEqualTo(143);
        assertThat(ended.err()).contains("1 run cut short");
        assertThat(pids).noneMatch(SignalTest::runs);
        assertThat(job().state()).isEqualTo(JobState.WAITING);
        assertThat(job().runs().made()).isZero();
        assertThat(job().runs().stalls()).isZero();
    }

    @Test
    void afterTheGraceTheCommandIsEnded() throws Exception {
        CompletableFuture<Desk.Typed> working = working("echo ready >$PIPE; sleep 300", "--grace", "100ms");
        assertThat(said()).isEqualTo("ready");
        desk.stops.raise(Stop.INT);
        assertThat(working.get().code()).isEqualTo(130);
        assertThat(job().state()).isEqualTo(JobState.WAITING);
        assertThat(job().runs().made()).isZero();
    }

    @Test
    void aCommandThatIgnoresSigtermIsKilledAfterFiveSeconds() throws Exception {
        CompletableFuture<Desk.Typed> working =
                working("trap '' TERM; echo $$ >$PIPE; while :; do sleep 1; done", "--grace", "0");
        String pid = said();
        long began = System.nanoTime();
        desk.stops.raise(Stop.TERM);
        assertThat(working.get().code()).isEqualTo(143);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(5_000_000_000L);
        assertThat(runs(pid)).isFalse();
        assertThat(job().state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void commandsRunInAProcessGroupOfTheirOwn() throws Exception {
        CompletableFuture<Desk.Typed> working = working(
                "echo $$ $(ps -o pgid= -p $$ 2>/dev/null || cut -d' ' -f5 /proc/$$/stat) >$PIPE", "--until-empty");
        String[] pidAndGroup = said().split(" +");
        assertThat(pidAndGroup[0]).isEqualTo(pidAndGroup[1]);
        assertThat(working.get().code()).isZero();
    }
}
