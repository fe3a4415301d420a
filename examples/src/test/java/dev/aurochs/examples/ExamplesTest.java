package dev.aurochs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs and prints what it says. */
class ExamplesTest {
    @Test
    @DisplayName("Welcome greets both, the second after a failed attempt, on a durable store")
    void welcome(@TempDir Path folder) throws Exception {
        assertThat(printed(() -> Welcome.main(new String[] {"rocksdb:" + folder.resolve("data")})))
                .containsExactly("welcome, ada@example.org (attempt 1)", "welcome, grace@example.org (attempt 2)");
    }

    @Test
    @DisplayName("Thumbnails publishes an album once its pictures are done")
    void thumbnails() throws Exception {
        assertThat(printed(() -> Thumbnails.main(new String[0]))).containsExactly("\"Iceland has 2 pictures\"");
    }

    @Test
    @DisplayName("TestingWithTime lets three days pass at once")
    void time() throws Exception {
        assertThat(printed(() -> TestingWithTime.main(new String[0]))).containsExactly("reminded of invoice 7");
    }

    /** A program that may throw. */
    private interface Program {
        void run() throws Exception;
    }

    private static String[] printed(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
    }
}
