package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as processes of its own, on the default backend: a RocksDB folder beside the caller. */
@Timeout(120)
class ProcessTest {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }

    private Process start(String... arguments) throws IOException {
        // A shell that runs the tests in the background hands SIGINT down as ignored; env gives it back.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove(BackendOption.VARIABLE);
        builder.redirectError(new File(folder.toFile(), "err-" + started.size()));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String run(int expected, String... arguments) throws Exception {
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> lastErrors()).isEqualTo(expected);
        return out;
    }

    private String lastErrors() {
        try {
            return Files.readString(folder.resolve("err-" + (started.size() - 1)));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private static void signal(String name, Process process) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void jobsOutliveTheProcessThatAddedThem() throws Exception {
        String id = run(0, "add", "mail", "welcome", "{\"to\":\"Zoë\"}").stripTrailing();
        assertThat(folder.resolve("aurochs-data")).isDirectory();
        assertThat(run(0, "work", "mail", "--exec", "cat", "--until-empty")).isEmpty();
        assertThat(run(0, "job", "mail", id, "--json"))
                .contains("\"state\":\"completed\"", "\"result\":{\"to\":\"Zoë\"}");
        assertThat(run(0, "doctor")).contains("rocksdb answers at rocksdb:./aurochs-data");
    }

    @Test
    void theDoctorLeavesNothingBehind() throws Exception {
        assertThat(run(0, "doctor")).contains("is not there yet; the first job creates it");
        assertThat(folder.resolve("aurochs-data")).doesNotExist();
    }

    @Test
    void aStoreThatAnotherProcessOwnsIsRefusedByNameOfTheOwner() throws Exception {
        Path pipe = pipe();
        run(0, "add", "mail", "n");
        Process owner = start("work", "mail", "--exec", "echo ready >" + pipe + "; cat <" + pipe, "--until-empty");
        assertThat(Files.readString(pipe)).isEqualTo("ready\n");
        run(1, "counts", "mail");
        assertThat(lastErrors())
                .startsWith("aurochs: ")
                .contains(String.valueOf(owner.pid()))
                .hasLineCount(1);
        assertThat(run(1, "doctor", "--json")).contains("\"status\":\"fail\"", String.valueOf(owner.pid()));
        Files.writeString(pipe, "42");
        assertThat(owner.waitFor()).isZero();
        assertThat(run(0, "jobs", "mail", "completed")).contains("42");
    }

    @Test
    void theFirstSignalWaitsAndTheSecondDoesNot() throws Exception {
        Path pipe = pipe();
        String id = run(0, "add", "mail", "n").stripTrailing();
        Process worker =
                start("work", "mail", "--exec", "sleep 300 & echo $! >" + pipe + "; read line <" + pipe + "; wait");
        long sleeper = Long.parseLong(Files.readString(pipe).strip());
        signal("TERM", worker);
        Files.writeString(pipe, "the first signal has not ended this command\n");
        // A JVM that has two signals at once takes them in the order of their numbers.
        while (!lastErrors().contains("stopping:"))
            assertThat(worker.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(worker.isAlive()).isTrue();
        signal("INT", worker);
        assertThat(worker.waitFor()).isEqualTo(130);
        assertThat(ProcessHandle.of(sleeper).filter(ProcessTest::runs)).isEmpty();
        assertThat(lastErrors()).contains("stopping: 1 command may run on", "1 run cut short");
        assertThat(run(0, "job", "mail", id)).containsPattern("state +waiting").containsPattern("attempts +0 of 1\n");
    }

    @Test
    void eventsAreFollowedUntilASignal() throws Exception {
        run(0, "add", "mail", "welcome", "--id", "j");
        for (String signal : new String[] {"INT", "TERM"}) {
            Process following = start("events", "mail", "--from-start");
            BufferedReader lines = following.inputReader(StandardCharsets.UTF_8);
            assertThat(lines.readLine()).startsWith("{\"event\":\"added\",\"queue\":\"mail\",\"at\":\"");
            assertThat(lines.readLine()).startsWith("{\"event\":\"waiting\",").endsWith("\"id\":\"j\",\"from\":null}");
            signal(signal, following);
            assertThat(following.waitFor()).isEqualTo(signal.equals("INT") ? 130 : 143);
            assertThat(lastErrors()).hasLineCount(1).startsWith("until this ends no other process can use rocksdb:");
        }
        assertThat(run(0, "events", "mail", "--no-follow")).hasLineCount(2);
    }

    @Test
    void aHangupEndsTheCommandsToo() throws Exception {
        Path pipe = pipe();
        run(0, "add", "mail", "n");
        Process worker = start("work", "mail", "--exec", "echo $$ $AUROCHS_CHILDREN_FILE >" + pipe + "; sleep 300");
        String[] said = Files.readString(pipe).strip().split(" ");
        long command = Long.parseLong(said[0]);
        signal("HUP", worker);
        assertThat(worker.waitFor()).isEqualTo(129);
        assertThat(Path.of(said[1]).getParent()).doesNotExist();
        assertThat(ProcessHandle.of(command).filter(ProcessTest::runs)).isEmpty();
    }

    private static boolean runs(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }
}
