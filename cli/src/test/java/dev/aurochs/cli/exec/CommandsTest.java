package dev.aurochs.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Running commands: pipes, limits, background processes, and machines without {@code setsid}. */
@Timeout(30)
class CommandsTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Ending run(String command, String path, int limit) throws Exception {
        try (Commands commands = new Commands(Shell.of(command, Map.of("PATH", path)), limit)) {
            return commands.run(Map.of("NAME", "Zoë"), "in\n", lines::add);
        }
    }

    private Ending run(String command) throws Exception {
        return run(command, System.getenv("PATH"), 1_000);
    }

    @Test
    void takesOutputErrorsAndStatus() throws Exception {
        Ending ending = run("cat; printf '%s\\r\\n\\n' \"$NAME\"; echo one >&2; printf two >&2; exit 7");
        assertThat(ending).isEqualTo(new Ending(7, "in\nZoë", false, "one\ntwo"));
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void worksTheSameWithoutSetsid() throws Exception {
        assertThat(run("cat; kill -INT $$; echo alive", "/nowhere", 1_000).output())
                .isEqualTo("in\nalive");
    }

    @Test
    void outputBeyondTheLimitIsReadAndDropped() throws Exception {
        Ending ending = run("head -c 3000000 /dev/zero; echo done >&2", System.getenv("PATH"), 1_000);
        assertThat(ending.overflowed()).isTrue();
        assertThat(ending.errors()).isEqualTo("done");
        assertThat(ending.succeeded()).isTrue();
    }

    @Test
    void somethingLeftInTheBackgroundDoesNotHoldTheResultBack() throws Exception {
        Ending ending = run("echo $$; sleep 20 & true");
        assertThat(ending.succeeded()).isTrue();
        assertThat(ending.output()).matches("\\d+");
        new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + ending.output())
                .start()
                .waitFor();
    }

    @Test
    void theReasonIsTheStatusWhenNothingWasSaid() {
        assertThat(new Ending(3, "", false, " \n").reason()).isEqualTo("exit status 3");
        assertThat(new Ending(137, "", false, "").reason()).isEqualTo("killed by signal SIGKILL");
        assertThat(new Ending(255, "", false, "").reason()).isEqualTo("exit status 255");
        assertThat(new Ending(137, "", false, "gone").reason()).isEqualTo("gone");
    }
}
