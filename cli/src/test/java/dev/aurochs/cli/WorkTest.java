package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.work.StopSignals.Stop;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code work --exec}: what a command is given, and what its end means for the job. */
class WorkTest {
    private final Desk desk = open();

    Desk open() {
        return new Desk();
    }

    @TempDir
    private Path folder;

    @AfterEach
    void leave() {
        desk.close();
    }

    private JobRecord found(String id) {
        return desk.queues.queue("mail").find(id).orElseThrow();
    }

    private Desk.Typed work(String command, String... more) {
        String[] typed = {"work", "mail", "--until-empty", "--exec", command};
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(typed), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return desk.type(all);
    }

    private void add(String id, String... more) {
        String[] typed = {"add", "mail", "welcome", "{\"to\": \"ada\"}", "--id", id};
        desk.type(java.util.stream.Stream.concat(java.util.Arrays.stream(typed), java.util.Arrays.stream(more))
                        .toArray(String[]::new))
                .printed();
    }

    @Test
    void theIssueInOneSentence() {
        add("j", "--delay", "300ms", "--priority", "5", "--attempts", "3", "--backoff", "exponential:100ms");
        Desk.Typed worked = work("test \"$AUROCHS_ATTEMPT\" = 3 && exec cat; echo not yet >&2; exit 1");
        assertThat(worked.printed()).isEmpty();
        assertThat(worked.err())
                .contains("mail/j: not yet", "mail/j: attempt 1 of 3 failed: not yet")
                .contains("1 job completed, 2 runs failed in ");
        assertThat(desk.type("jobs", "mail", "completed").lines())
                .containsExactly(
                        "ID  NAME     PRIORITY  ATTEMPTS  FINISHED                  RESULT",
                        "j   welcome         5  3/3       <time>  {\"to\": \"ada\"}");
        assertThat(desk.type("job", "mail", "j").lines())
                .contains("state     completed", "attempts  3 of 3", "result    {\"to\": \"ada\"}")
                .contains("options   delay 300ms, priority 5, backoff exponential:100ms")
                .contains("failed runs", "  <time>  not yet");
        JobRecord job = found("j");
        Duration backoffs = Duration.between(
                Objects.requireNonNull(job.failures().get(0).at()),
                Objects.requireNonNull(job.status().finishedAt()));
        assertThat(backoffs).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(Duration.between(
                        job.body().createdAt(), job.failures().get(0).at()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | null",
                "echo | null",
                "echo 9007199254740993 | 9007199254740993",
                "printf '{ \"a\" : 1.10 }' | { \"a\" : 1.10 }",
                "echo hello | \"hello\"",
                "echo 1 2 | \"1 2\"",
                "printf 'two\\nlines\\n\\n' | \"two\\nlines\"",
                "printf 'caf\\303\\251' | \"café\"",
                "cat | {\"to\": \"ada\"}",
                "cat >/dev/null; echo true | true"
            })
    void standardOutputIsTheResult(String command, String result) {
        add("j");
        work(command).printed();
        assertThat(found("j").status().result()).isEqualTo(new Json(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 3 | exit status 3",
                "echo out of paper >&2; exit 1 | out of paper",
                "printf 'two\\nlines\\n' >&2; exit 1 | two#lines",
                "kill -KILL $$ | killed by signal SIGKILL",
                "kill -TERM $$ | killed by signal SIGTERM",
                "exit 100 | exit status 100",
                "echo never >&2; exit 100 | never",
                "no-such-program-here 2>/dev/null | exit status 127"
            })
    void theReasonIsWhatItSaidLast(String command, String reason) {
        add("j");
        work(command).printed();
        JobRecord job = found("j");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().failedReason()).isEqualTo(reason.replace('#', '\n'));
        assertThat(job.failures()).extracting(Failure::message).containsExactly(reason.replace('#', '\n'));
    }

    @Test
    void aLongComplaintIsCutToItsLastTwoThousandCharacters() {
        add("j");
        work("i=0; while [ $i -lt 1000 ]; do echo line $i >&2; i=$((i+1)); done; exit 1")
                .printed();
        String reason = String.valueOf(found("j").status().failedReason());
        assertThat(reason).hasSize(2_000).endsWith("line 998\nline 999");
    }

    @Test
    void exitStatus100IsNotTriedAgain() {
        add("j", "--attempts", "5");
        assertThat(work("exit 100").err()).contains("mail/j: failed for good: exit status 100");
        assertThat(found("j").runs().made()).isEqualTo(1);
    }

    @Test
    void aResultOverTheLimitFailsForGood() {
        add("j", "--attempts", "5");
        work("head -c 1100000 /dev/zero | tr '\\0' a").printed();
        assertThat(found("j").status().failedReason()).isEqualTo("the result has more than 1048576 bytes");
        assertThat(found("j").runs().made()).isEqualTo(1);
    }

    @Test
    void aCommandNeedNotReadItsInput() {
        String big = "\"" + "a".repeat(500_000) + "\"";
        desk.input(big).type("add", "mail", "n", "-", "--id", "j").printed();
        work("wc -c; true").printed();
        assertThat(found("j").status().result()).isEqualTo(new Json(String.valueOf(big.length() + 1)));
        desk.type("retry", "mail", "j").printed();
        work("true").printed();
        assertThat(found("j").state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void theEnvironmentTellsWhichJobItIs() {
        add("j", "--attempts", "2");
        work("echo $AUROCHS_QUEUE $AUROCHS_JOB_ID $AUROCHS_JOB_NAME $AUROCHS_ATTEMPT $AUROCHS_STALLS;"
                        + " test $AUROCHS_ATTEMPT = 2")
                .printed();
        assertThat(found("j").status().result()).isEqualTo(new Json("\"mail j welcome 2 0\""));
    }

    @Test
    void itRunsInTheWorkersFolderAndEnvironment() {
        add("j");
        work("pwd; echo $HOME; env | grep -c '^AUROCHS_CALLERS' || true").printed();
        assertThat(String.valueOf(found("j").status().result()))
                .contains(Path.of("").toAbsolutePath().toString(), System.getenv("HOME"))
                .endsWith("\\n0\"");
    }

    @Test
    void aParentFindsItsChildrensResults() throws IOException {
        Path flow = Files.writeString(folder.resolve("flow.json"), """
                {"name": "sum", "queueName": "mail", "opts": {"jobId": "sum"}, "children": [
                  {"name": "one", "queueName": "mail", "data": 1, "opts": {"jobId": "one"}},
                  {"name": "two", "queueName": "mail", "data": 2, "opts": {"jobId": "two"}},
                  {"name": "bad", "queueName": "mail", "opts": {"jobId": "bad", "ignoreDependencyOnFailure": true}}]}
                """);
        desk.type("flow", flow.toString()).printed();
        work("""
                case $AUROCHS_JOB_NAME in
                  sum) cat "$AUROCHS_CHILDREN_FILE" "$AUROCHS_CHILDREN_FAILED_FILE"; echo "$AUROCHS_CHILDREN" ;;
                  bad) echo torn >&2; exit 1 ;;
                  *) cat ;;
                esac""").printed();
        String seen = String.valueOf(found("sum").status().result()).replace("\\\"", "'");
        assertThat(seen).contains("'mail:one':1", "'mail:two':2", "{'mail:bad':'torn'}");
        assertThat(desk.type("job", "mail", "sum").lines())
                .contains("children", "  mail/one  completed  1", "  mail/bad  ignored    torn");
    }

    @Test
    void aRunThatTakesTooLongIsAFailedAttempt() {
        add("j");
        work("sleep 60", "--timeout", "200ms").printed();
        assertThat(found("j").status().failedReason()).isEqualTo("timed out after 200 ms");
    }

    @Test
    void failOnFailedTellsByTheExitCode() {
        add("good");
        assertThat(work("true", "--fail-on-failed").code()).isZero();
        add("bad", "--attempts", "2");
        assertThat(work("test $AUROCHS_ATTEMPT = 2", "--fail-on-failed").code()).isZero();
        add("worse");
        assertThat(work("exit 1").code()).isZero();
        desk.type("retry", "mail", "worse").printed();
        assertThat(work("exit 1", "--fail-on-failed").code()).isEqualTo(1);
    }

    @Test
    void failOnFailedSeesJobsThatFailWithoutARun() {
        Desk.Typed worked = workOnAJobThatExpires(Retention.all());
        assertThat(worked.code()).isEqualTo(1);
        assertThat(worked.err())
                .contains("mail/late: failed without a run: expired: not started within 1 ms")
                .contains("0 jobs completed, 0 runs failed, 1 job failed without a run in ");
    }

    /** Where others work too, nobody knows whose job it was that is gone. */
    @Test
    void failOnFailedSeesThoseThatAreNotKeptWhereNobodyElseWorks() {
        boolean alone = !desk.queues.info().has(Capability.SHARED);
        Desk.Typed worked = workOnAJobThatExpires(Retention.none());
        assertThat(worked.code()).isEqualTo(alone ? 1 : 0);
        assertThat(worked.err().contains("mail/late: failed without a run")).isEqualTo(alone);
    }

    private Desk.Typed workOnAJobThatExpires(Retention keepFailed) {
        JobOptions options = JobOptions.builder()
                .expiry(Duration.ofMillis(1))
                .keepFailed(keepFailed)
                .delay(Duration.ofMillis(5))
                .id("late")
                .build();
        desk.queues.queue("mail").add("n", 1, options);
        return work("echo never; exit 1", "--fail-on-failed");
    }

    @Test
    void failOnFailedSeesAParentWhoseChildFailed() throws IOException {
        Path flow = Files.writeString(folder.resolve("flow.json"), """
                {"name": "parent", "queueName": "mail", "opts": {"jobId": "parent"}, "children": [
                  {"name": "child", "queueName": "art", "opts": {"failParentOnFailure": true}}]}
                """);
        desk.type("flow", flow.toString()).printed();
        assertThat(desk.type("work", "art", "--exec", "exit 1", "--until-empty", "--fail-on-failed")
                        .code())
                .isEqualTo(1);
        Desk.Typed worked = work("true", "--fail-on-failed");
        assertThat(worked.code()).isEqualTo(1);
        assertThat(worked.err()).contains("mail/parent: failed without a run: child ");
    }

    @Test
    void failOnFailedLeavesAloneWhatFailedElsewhere() {
        add("old");
        work("exit 1").printed();
        add("new");
        assertThat(work("true", "--fail-on-failed").code()).isZero();
        add("cancelled", "--delay", "1h");
        desk.queues.queue("mail").cancel("cancelled", "no longer needed");
        add("newer");
        assertThat(work("true", "--fail-on-failed").code()).isZero();
    }

    @Test
    void severalQueuesShareTheConcurrency() {
        for (int i = 0; i < 3; i++) {
            desk.type("add", "mail", "n").printed();
            desk.type("add", "art", "n").printed();
        }
        Path log = folder.resolve("log");
        desk.type("work", "mail", "art", "--until-empty", "--exec", "echo + >>" + log + "; sleep 0.05; echo - >>" + log)
                .printed();
        assertThat(log).content().isEqualTo("+\n-\n".repeat(6));
    }

    @Test
    void untilEmptyDoesNotWaitForAPausedQueue() {
        add("j");
        desk.type("pause", "mail").printed();
        work("true").printed();
        assertThat(found("j").state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void untilIdleLeavesDelayedJobsAlone() {
        add("now");
        add("later", "--delay", "1h");
        assertThat(desk.type("work", "mail", "--exec", "true", "--until-idle", "300ms")
                        .err())
                .contains("1 job completed");
        assertThat(found("later").state()).isEqualTo(JobState.DELAYED);
    }

    @Test
    void theLimitHoldsStartsBack() {
        for (int i = 0; i < 4; i++) add("j" + i);
        long began = System.nanoTime();
        work("true", "--limit", "2/500ms", "--concurrency", "4").printed();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aSignalWithNothingRunningEndsAtOnce() {
        desk.stops.raise(Stop.TERM);
        Desk.Typed ended = desk.type("work", "mail", "--exec", "cat");
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("working on mail of " + desk.shown(), "stopping", "0 jobs completed");
    }
}
