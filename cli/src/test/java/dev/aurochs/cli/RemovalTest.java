package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code drain}, {@code clean}, {@code obliterate}, {@code remove}: what is gone, and that a look changes nothing. */
@Timeout(60)
class RemovalTest {
    private final Desk desk = open();
    private final Queue mail = desk.queues.queue("mail");

    Desk open() {
        return new Desk();
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    /** One job in each state but active: w, d, p (with its child c waiting), done1, done2 and bad. */
    private void oneJobOfEachKind() {
        for (String id : new String[] {"done1", "done2"})
            desk.type("add", "mail", "good", "--id", id).printed();
        desk.type("add", "mail", "bad", "--id", "bad").printed();
        desk.type("work", "mail", "--exec", "test $AUROCHS_JOB_NAME = good", "--until-empty")
                .printed();
        desk.queues
                .flows()
                .add(FlowNode.of("mail", "n", 1)
                        .withOptions(JobOptions.builder().id("p").build())
                        .withChildren(FlowNode.of("mail", "n", 1)
                                .withOptions(JobOptions.builder().id("c").build())));
        desk.type("add", "mail", "n", "--id", "w").printed();
        desk.type("add", "mail", "n", "--id", "d", "--delay", "1h").printed();
    }

    private List<String> ids(JobState state) {
        return mail.list(state, PageRequest.first(10)).items().stream()
                .map(job -> job.id().value())
                .toList();
    }

    private String everything() {
        StringBuilder all = new StringBuilder();
        for (JobState state : JobState.values())
            all.append(desk.type("jobs", "mail", state.label(), "--json").printed());
        return all
                + desk.type("queues", "--json").printed()
                + desk.type("events", "mail", "--no-follow").printed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 drain mail",
                "3 drain mail --delayed",
                "2 clean mail --state completed",
                "1 clean mail --state completed --limit 1",
                "0 clean mail --state completed --older-than 1h",
                "1 clean mail --state failed",
                "2 clean mail --state waiting",
                "1 clean mail --state delayed",
                "1 clean mail --state waiting-children",
                "7 obliterate mail",
                "2 remove mail w done1"
            })
    void aDryRunSaysWhatWouldBeDoneAndChangesNothing(String countAndCommand) {
        oneJobOfEachKind();
        String count = countAndCommand.split(" ", 2)[0];
        String command = countAndCommand.split(" ", 2)[1];
        String before = everything();
        assertThat(desk.type((command + " --dry-run").split(" ")).out()).isEqualTo(count + " jobs\n");
        assertThat(desk.type((command + " --dry-run --json").split(" ")).printed())
                .startsWith("{\"queue\":\"mail\",\"jobs\":" + count + ",\"dryRun\":true");
        assertThat(everything()).isEqualTo(before);
        assertThat(desk.type((command + " --yes").split(" ")).out()).isEqualTo(count + " jobs\n");
        if (!count.equals("0")) assertThat(everything()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain mail", "clean mail --state failed", "obliterate mail"})
    void whatCannotAskAndWasNotConfirmedIsRefused(String command) {
        oneJobOfEachKind();
        String name = command.split(" ")[0];
        assertThat(desk.type(command.split(" ")).refused())
                .isEqualTo("aurochs: " + name + " removes jobs for good and cannot ask without a terminal;"
                        + " confirm with --yes, or look with --dry-run");
        Desk.Typed declined = desk.asking().input("no\n").type(command.split(" "));
        assertThat(declined.printed()).isEmpty();
        assertThat(declined.err()).endsWith("[y/N] nothing was removed\n");
        assertThat(desk.input("").type(command.split(" ")).err()).endsWith("nothing was removed\n");
        assertThat(ids(JobState.FAILED)).containsExactly("bad");
    }

    @Test
    void theQuestionSaysWhatIsAtStake() {
        oneJobOfEachKind();
        desk.asking().input("n\n");
        assertThat(desk.type("clean", "mail", "--state", "failed").err())
                .startsWith("Remove all failed jobs of queue 'mail' (it has 1 failed)? [y/N] ");
        assertThat(desk.type("clean", "mail", "--state", "waiting", "--older-than", "7d", "--limit", "10")
                        .err())
                .startsWith("Remove 10 waiting jobs at most of queue 'mail' that were added more than 7d ago"
                        + " (it has 2 waiting)? [y/N] ");
        assertThat(desk.type("clean", "mail", "--state", "completed", "--older-than", "36h")
                        .err())
                .contains("that finished more than 36h ago");
        assertThat(desk.type("obliterate", "mail").err())
                .startsWith("Remove queue 'mail' with everything in it (7 jobs)? [y/N] ");
    }

    @Test
    void cleanTakesTheOldestFirstAndOnlyItsState() {
        oneJobOfEachKind();
        assertThat(desk.asking()
                        .input("y\n")
                        .type("clean", "mail", "--state", "completed", "--limit", "1")
                        .out())
                .isEqualTo("1 jobs\n");
        assertThat(ids(JobState.COMPLETED)).containsExactly("done2");
        assertThat(desk.type("clean", "mail", "--state", "completed", "--yes", "--json")
                        .printed())
                .isEqualTo("{\"queue\":\"mail\",\"jobs\":1,\"dryRun\":false}");
        assertThat(ids(JobState.FAILED)).containsExactly("bad");
        assertThat(desk.type("clean", "nobody", "--state", "failed", "--yes").out())
                .isEqualTo("0 jobs\n");
    }

    @Test
    void obliterateLeavesNothing() {
        oneJobOfEachKind();
        desk.type("pause", "mail").printed();
        assertThat(desk.type("obliterate", "mail", "--yes").out()).isEqualTo("7 jobs\n");
        assertThat(desk.queues.names()).isEmpty();
        assertThat(mail.settings().paused()).isFalse();
        assertThat(desk.type("events", "mail", "--no-follow").out()).isEmpty();
        assertThat(desk.type("obliterate", "mail", "--yes").out()).isEqualTo("0 jobs\n");
    }

    @Test
    void obliterateWhileJobsRunNeedsForce() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        mail.add("n");
        try (Worker worker = desk.queues
                .worker("mail")
                .onAny((payload, job) -> {
                    running.countDown();
                    end.await();
                    return null;
                })
                .start()) {
            running.await();
            for (String last : new String[] {"--yes", "--dry-run"})
                assertThat(desk.type("obliterate", "mail", last).failed())
                        .isEqualTo("aurochs: cannot obliterate queue 'mail': 1 job is running; wait, or use --force");
            assertThat(mail.settings().paused()).isFalse();
            assertThat(desk.type(
                                    "remove",
                                    "mail",
                                    "--dry-run",
                                    ids(JobState.ACTIVE).get(0))
                            .failed())
                    .startsWith("aurochs: cannot remove job ")
                    .endsWith(" is running");
            assertThat(desk.type("obliterate", "mail", "--force", "--yes").out())
                    .isEqualTo("1 jobs\n");
            end.countDown();
            assertThat(worker.close(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(desk.queues.names()).isEmpty();
    }

    @Test
    void ofSeveralIdsThoseThatFailAreNamedAndTheOthersDone() {
        oneJobOfEachKind();
        Desk.Typed removed = desk.type("remove", "mail", "w", "missing", "d", "--json");
        assertThat(removed.failed()).isEqualTo("aurochs: queue 'mail' has no job 'missing'");
        assertThat(removed.out())
                .isEqualTo("{\"queue\":\"mail\",\"jobs\":2,\"dryRun\":false,\"failed\":"
                        + "[{\"id\":\"missing\",\"problem\":\"queue 'mail' has no job 'missing'\"}]}\n");
        assertThat(desk.type("remove", "mail", "--dry-run", "missing", "bad").out())
                .isEqualTo("1 jobs\n");
        assertThat(ids(JobState.FAILED)).containsExactly("bad");
    }
}
