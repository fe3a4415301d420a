package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.demo.picture.TestPictures;
import dev.aurochs.tck.server.RabbitServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a broker that can neither look jobs up nor keep them: it takes notes itself. */
@Tag("rabbitmq")
@Timeout(120)
class DemoOnRabbitTest {
    private static final int PICTURES = 6;

    @TempDir
    private Path parent;

    private final String prefix = UUID.randomUUID().toString();

    private DemoProcess start(Path images) throws IOException {
        return DemoProcess.start(
                parent,
                "--images",
                images.toString(),
                "--pace",
                "400",
                "--backend",
                RabbitServer.shared().address(),
                "--prefix",
                prefix);
    }

    @Test
    @DisplayName("killed half-way, it carries on, and every picture is there once")
    void killed() throws Exception {
        Path images = parent.resolve("images");
        for (int i = 0; i < PICTURES; i++) TestPictures.jpeg(images.resolve("bild" + i + ".jpg"), 1_400, 900);
        try (DemoProcess demo = start(images)) {
            assertThat(demo.awaitLine("(6|7|8|9|1.) of 24 jobs")).as(demo.err()).isTrue();
            demo.kill();
        }
        try (DemoProcess demo = start(images)) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.err()).containsPattern("Carrying on with run 1 .*: \\d+ of 24 jobs were done");
            assertThat(demo.out())
                    .contains("pictures   6 shrunk, 0 rejected")
                    .contains("killed     once, and carried on")
                    .contains("prefix=" + prefix)
                    .doesNotContain("user and password");
        }
        assertThat(DemoLine.files(parent.resolve("aurochs-demo/shrunk"))).hasSize(PICTURES);
    }

    @Test
    @DisplayName("the demo's own pictures: a delay, an urgent one, retries and rejected ones, all told")
    void own() throws Exception {
        DemoLine demo = DemoLine.run(
                parent.resolve("own"), "--backend", RabbitServer.shared().address(), "--prefix", prefix);
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("is done: 12 pictures, 48 jobs")
                .contains("retried")
                .contains("urgent")
                .contains("which cannot be looked at");
    }
}
