package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code retry}, {@code promote}, {@code remove}, {@code pause}, {@code resume}, {@code drain}, {@code doctor}. */
class ActTest {
    private final Desk desk = new Desk();

    @AfterEach
    void leave() {
        desk.close();
    }

    private String count(String state) {
        return desk.type("counts", "mail")
                .printed()
                .lines()
                .filter(line -> line.startsWith(state + " "))
                .map(line -> line.replaceAll(".* ", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void promotesAndRemovesByIdAndGoesOnAfterAFailure() {
        desk.type("add", "mail", "n", "--id", "a", "--delay", "1h").printed();
        desk.type("add", "mail", "n", "--id", "b", "--delay", "1h").printed();
        Desk.Typed promoted = desk.type("promote", "mail", "a", "missing", "b");
        assertThat(promoted.failed()).isEqualTo("aurochs: queue 'mail' has no job 'missing'");
        assertThat(promoted.out()).isEqualTo("2 jobs\n");
        assertThat(desk.type("promote", "mail", "a").failed())
                .isEqualTo("aurochs: cannot promote job 'a' of queue 'mail': it is waiting");
        assertThat(desk.type("remove", "mail", "a", "b").printed()).isEqualTo("2 jobs");
        assertThat(count("waiting")).isEqualTo("0");
    }

    @Test
    void retriesByIdOrAllThatFailed() {
        for (String id : new String[] {"a", "b", "c"})
            desk.type("add", "mail", "n", "--id", id).printed();
        desk.type("work", "mail", "--exec", "exit 100", "--until-empty").printed();
        assertThat(desk.type("retry", "mail", "b").printed()).isEqualTo("1 jobs");
        assertThat(desk.type("retry", "mail", "--all-failed").printed()).isEqualTo("2 jobs");
        assertThat(count("waiting")).isEqualTo("3");
        assertThat(desk.type("retry", "mail", "--all-failed").printed()).isEqualTo("0 jobs");
    }

    @Test
    void pausesAndResumes() {
        desk.type("add", "mail", "n").printed();
        Desk.Typed paused = desk.type("pause", "mail");
        assertThat(paused.printed()).isEqualTo("1 jobs");
        assertThat(paused.err()).isEqualTo("queue 'mail' is paused; running jobs go on\n");
        assertThat(count("paused")).isEqualTo("1");
        assertThat(desk.type("resume", "mail").printed()).isEqualTo("1 jobs");
        assertThat(count("paused")).isEqualTo("0");
    }

    @Test
    void aPauseMayEndByItself() {
        desk.type("add", "mail", "n").printed();
        Desk.Typed held = desk.type("pause", "mail", "--for", "2h");
        assertThat(held.printed()).isEqualTo("1 jobs");
        assertThat(held.err()).isEqualTo("queue 'mail' is held for 2h; running jobs go on\n");
        assertThat(desk.type("queues").printed()).containsPattern("mail \\(held for (2 h|1 h 59 min)\\) +1 ");
        assertThat(desk.type("resume", "mail", "--json").printed())
                .isEqualTo("{\"queue\":\"mail\",\"jobs\":1,\"isPaused\":false,"
                        + "\"heldUntil\":null,\"rateLimit\":null,\"concurrency\":null}");
        assertThat(desk.type("pause", "mail", "--for", "1ms").code()).isZero();
        assertThat(desk.type("work", "mail", "--exec", "true", "--until-empty").err())
                .contains("1 job completed");
    }

    @Test
    void whatIsDoneIsToldToProgramsToo() {
        for (String id : new String[] {"a", "b"}) desk.type("add", "mail", "n", "--id", id, "--delay", "1h");
        assertThat(desk.type("promote", "mail", "a", "b", "--json").printed())
                .isEqualTo("{\"queue\":\"mail\",\"jobs\":2,\"dryRun\":false,\"failed\":[]}");
        desk.type("work", "mail", "--exec", "exit 100", "--until-empty").printed();
        assertThat(desk.type("retry", "mail", "a", "--json").printed())
                .isEqualTo("{\"queue\":\"mail\",\"jobs\":1,\"dryRun\":false,\"failed\":[]}");
        assertThat(desk.type("retry", "mail", "--all-failed", "--json").printed())
                .isEqualTo("{\"queue\":\"mail\",\"jobs\":1,\"dryRun\":false}");
    }

    @Test
    void drainsWhenToldTwice() {
        desk.type("add", "mail", "n").printed();
        desk.type("add", "mail", "n", "--delay", "1h").printed();
        Desk.Typed declined = desk.asking().input("n\n").type("drain", "mail");
        assertThat(declined.printed()).isEmpty();
        assertThat(declined.err())
                .contains("Remove all jobs of queue 'mail' that are waiting (1)? [y/N] ", "nothing was removed");
        assertThat(desk.input("y\n").type("drain", "mail").printed()).isEqualTo("1 jobs");
        assertThat(desk.type("drain", "mail", "--delayed", "--yes").printed()).isEqualTo("1 jobs");
        assertThat(desk.type("drain", "mail", "--yes").printed()).isEqualTo("0 jobs");
    }

    @Test
    void theDoctorSaysWhatToDo() {
        Desk.Typed healthy = desk.type("doctor");
        assertThat(healthy.printed())
                .containsPattern("ok +java")
                .containsPattern("ok +backend +memory answers at memory:")
                .containsPattern("warn +durability +jobs live in memory")
                .contains("→ use rocksdb:PATH to keep them");
        assertThat(desk.type("doctor", "--json").printed())
                .startsWith("[{\"check\":\"java\",\"status\":\"ok\",\"found\":\"")
                .contains("{\"check\":\"backend\",\"status\":\"ok\",\"found\":\"memory answers at memory:")
                .contains(
                        "{\"check\":\"durability\",\"status\":\"warn\",\"found\":\"jobs live in memory and end with the"
                                + " process\",\"do\":\"use rocksdb:PATH to keep them\"},")
                .endsWith("\"found\":\"counts, lines and families agree with the jobs\",\"do\":null}]");
        Desk.Typed ill = desk.type("doctor", "--json", "--backend", "nowhere:x");
        assertThat(ill.code()).isEqualTo(1);
        assertThat(ill.out())
                .contains("{\"check\":\"backend\",\"status\":\"fail\",\"found\":\"address scheme 'nowhere'");
    }
}
