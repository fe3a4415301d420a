package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private final StringWriter text = new StringWriter();

    @Test
    void onATerminalABarIsRedrawnBelowTheLinesThatStay() {
        ProgressView view = ProgressView.on(new PrintWriter(text), true);
        view.show(12, 48, "jobs");
        view.say("lake.jpg");
        view.show(48, 48, "jobs");
        view.end();
        String quarter = "  " + "█".repeat(8) + "░".repeat(24) + "  12 of 48 jobs";
        String full = "  " + "█".repeat(32) + "  48 of 48 jobs";
        String erase = "\r\033[K";
        assertThat(text.toString().replace(System.lineSeparator(), "\n"))
                .isEqualTo(erase + quarter + erase + "lake.jpg\n" + quarter + erase + full + erase);
    }

    @Test
    void elsewhereThereAreOnlyLines() {
        ProgressView view = ProgressView.on(new PrintWriter(text), false);
        for (int done = 0; done <= 48; done++) view.show(done, 48, "jobs");
        view.say("lake.jpg");
        view.end();
        assertThat(text.toString().lines())
                .containsExactly(
                        "  12 of 48 jobs", "  24 of 48 jobs", "  36 of 48 jobs", "  48 of 48 jobs", "lake.jpg");
    }
}
