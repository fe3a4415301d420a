package dev.aurochs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
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
    @DisplayName("Chapters counts a book chapter by chapter")
    void chapters() throws Exception {
        assertThat(printed(() -> Chapters.main(new String[0]))).containsExactly("9 words");
    }

    @Test
    @DisplayName("TestingWithTime lets three days and an hour pass at once")
    void time() throws Exception {
        assertThat(printed(() -> TestingWithTime.main(new String[0])))
                .containsExactly("reminded of invoice 7 at 2030-01-04T09:00:00Z");
    }

    @Test
    @DisplayName("Mails sends the mail of another program and has its picture shrunk there")
    void mails() throws Exception {
        try (Queues node = Queues.open("memory:mails")) {
            node.worker("pictures")
                    .on("shrink", Json.class, (picture, job) -> Map.of("bytes", 1_234))
                    .start();
            node.queue("mails").add("welcome", Map.of("to", "ada@example.org"));
            assertThat(printed(() -> Mails.main(new String[] {"memory:mails"})))
                    .containsExactlyInAnyOrder("java: sending to ada@example.org", "java: {\"bytes\":1234}");
        }
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
