package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.demo.picture.TestPictures;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at many moments; started again, the demo finishes the rest, and every picture is there and whole. */
@Timeout(180)
class DemoKilledTest {
    private static final int PICTURES = 12;

    @TempDir
    private Path parent;

    private Path images;
    private Map<String, Long> originals;

    @BeforeEach
    void pictures() throws IOException {
        images = parent.resolve("images");
        for (int i = 0; i < PICTURES; i++)
            TestPictures.jpeg(images.resolve("album " + i % 3 + "/bild ü" + i + ".jpg"), 1_400 + 10 * i, 900);
        originals = DemoLine.files(images);
    }

    private DemoProcess start() throws IOException {
        return start("200");
    }

    private DemoProcess start(String pace) throws IOException {
        return DemoProcess.start(parent, "--images", images.toString(), "--pace", pace);
    }

    @Test
    @DisplayName("killed at each quarter of the way, it carries on each time")
    void atEachQuarter() throws Exception {
        String[] moments = {
            "Run 1: 12 flows", "again in", "(1[2-9]|2.|3.) of 48 jobs", "(2[4-9]|3.) of 48 jobs", "3[6-9] of 48 jobs"
        };
        int kills = 0;
        for (String moment : moments)
            try (DemoProcess demo = start("400")) {
                assertThat(demo.awaitLine(moment))
                        .as(moment + " in\n" + demo.err())
                        .isTrue();
                demo.kill();
                kills++;
            }
        finish(kills);
    }

    @Test
    @DisplayName("killed after any time, while it starts, works or ends")
    void afterAnyTime() throws Exception {
        for (int millis : new int[] {120, 400, 700, 900, 1_000, 1_100, 1_200, 1_300, 1_500, 1_700, 1_900})
            try (DemoProcess demo = start()) {
                demo.killAfter(Duration.ofMillis(millis));
            }
        try (DemoProcess demo = start()) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.out()).contains("pictures   12 shrunk, 0 rejected");
        }
        everythingIsThere();
    }

    @Test
    @DisplayName("killed while it draws its own pictures, it draws the rest")
    void whileDrawing() throws Exception {
        try (DemoProcess demo = DemoProcess.start(parent, "--pace", "20")) {
            assertThat(demo.awaitLine("3 of 12 pictures drawn")).as(demo.err()).isTrue();
            demo.kill();
        }
        try (DemoProcess demo = DemoProcess.start(parent, "--pace", "20")) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.err()).contains("Drawing ").doesNotContain("Drawing 12 pictures");
            assertThat(demo.out()).contains("pictures   11 shrunk, 1 rejected");
        }
        assertThat(DemoLine.files(demo().resolve("pictures")))
                .hasSize(PICTURES)
                .allSatisfy((name, size) -> assertThat(name).doesNotEndWith(".part"));
        for (String name : DemoLine.files(demo().resolve("pictures")).keySet())
            TestPictures.read(demo().resolve("pictures").resolve(name));
    }

    @Test
    @DisplayName("asked to stop, it stops in order, says how far it got, and carries on")
    void stopped() throws Exception {
        try (DemoProcess demo = start()) {
            assertThat(demo.awaitLine("12 of 48 jobs")).as(demo.err()).isTrue();
            demo.terminate();
            assertThat(demo.await()).isEqualTo(143);
            assertThat(demo.err())
                    .containsPattern("Stopped with \\d+ of 48 jobs done. Carry on with the same command.");
            assertThat(demo.out()).isEmpty();
        }
        try (DemoProcess demo = start()) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.out())
                    .contains("stopped    once by Ctrl-C, and carried on")
                    .doesNotContain("killed ");
        }
        everythingIsThere();
    }

    @Test
    @DisplayName("a second demo in the same folder is refused and disturbs nothing")
    void twoAtOnce() throws Exception {
        try (DemoProcess demo = start("2000")) {
            assertThat(demo.awaitLine("Run 1: 12 flows")).as(demo.err()).isTrue();
            try (DemoProcess second = DemoProcess.start(parent, "--fresh")) {
                assertThat(second.await()).isEqualTo(1);
                assertThat(second.err()).contains("another demo is running in aurochs-demo");
            }
            demo.kill();
        }
        finish(1);
    }

    private void finish(int kills) throws Exception {
        try (DemoProcess demo = start()) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.err()).containsPattern("Carrying on with run 1 .*: \\d+ of 48 jobs were done");
            assertThat(demo.out())
                    .contains("pictures   12 shrunk, 0 rejected")
                    .contains("killed     " + Wording.times(kills) + ", and carried on");
        }
        everythingIsThere();
        try (DemoProcess demo = start()) {
            assertThat(demo.await()).as(demo.err()).isZero();
            assertThat(demo.err()).contains("Run 1 was done; this is a new one.");
        }
        everythingIsThere();
    }

    private Path demo() {
        return parent.resolve("aurochs-demo");
    }

    private void everythingIsThere() throws IOException {
        assertThat(DemoLine.files(images)).isEqualTo(originals);
        assertThat(DemoLine.files(demo().resolve("shrunk"))).containsOnlyKeys(originals.keySet());
        for (String name : originals.keySet())
            assertThat(TestPictures.read(demo().resolve("shrunk").resolve(name)).getWidth())
                    .isEqualTo(1_280);
        assertThat(DemoLine.files(demo()).keySet()).noneMatch(name -> name.endsWith(".part"));
        assertThat(demo().resolve("staging")).doesNotExist();
        int runs = new RunFile(demo().resolve("run.json")).read().orElseThrow().number();
        try (Queues queues = Queues.open("rocksdb:" + demo().resolve("jobs"))) {
            for (Map.Entry<String, Integer> queue :
                    Map.of("uploads", 1, "images", 1, "checks", 2).entrySet())
                assertThat(queues.queue(queue.getKey()).counts().of(JobState.COMPLETED))
                        .as("completed jobs of " + queue.getKey())
                        .isEqualTo(OptionalLong.of((long) queue.getValue() * PICTURES * runs));
        }
    }
}
