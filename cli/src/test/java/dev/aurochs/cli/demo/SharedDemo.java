package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.demo.picture.TestPictures;
import java.io.IOException;
import java.nio.file.Path;

/** The demo over pictures of one's own, with its jobs on a server. */
record SharedDemo(Path parent, String server, String prefix) {
    static final int PICTURES = 6;

    /**
     * Killed half-way and started again it carries on: every picture is there once, and no secret is shown. Answers
     * what it printed at last.
     */
    String surviveKill() throws IOException, InterruptedException {
        Path images = parent.resolve("images");
        for (int i = 0; i < PICTURES; i++) TestPictures.jpeg(images.resolve("bild" + i + ".jpg"), 1_400, 900);
        try (DemoProcess demo = start(images)) {
            assertThat(demo.awaitLine("(6|7|8|9|1.) of 24 jobs")).as(demo.err()).isTrue();
            demo.kill();
        }
        String printed;
        try (DemoProcess demo = start(images)) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.err()).containsPattern("Carrying on with run 1 .*: \\d+ of 24 jobs were done");
            printed = demo.out();
            assertThat(printed)
                    .contains("pictures   6 shrunk, 0 rejected")
                    .contains("killed     once, and carried on")
                    .doesNotContain("user and password");
        }
        assertThat(DemoLine.files(parent.resolve("aurochs-demo/shrunk"))).hasSize(PICTURES);
        return printed;
    }

    private DemoProcess start(Path images) throws IOException {
        return DemoProcess.start(
                parent, "--images", images.toString(), "--pace", "400", "--backend", server, "--prefix", prefix);
    }
}
