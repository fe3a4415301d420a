package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.demo.picture.TestPictures;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobOptions;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path parent;

    private Path demo() {
        return parent.resolve("aurochs-demo");
    }

    private Path images() throws IOException {
        Path images = parent.resolve("my pictures");
        TestPictures.jpeg(images.resolve("sea.jpg"), 1500, 1000);
        TestPictures.jpeg(images.resolve("2024/sea.jpg"), 800, 600);
        TestPictures.jpeg(images.resolve("2024/größe 1.jpg"), 400, 300);
        TestPictures.png(
                images.resolve("2024/größe 1.png"), TestPictures.image(700, 500, BufferedImage.TYPE_INT_RGB), null);
        TestPictures.jpeg(images.resolve("cellar.jpg"), TestPictures.plain(300, 200, new Color(3, 3, 3)), null);
        TestPictures.jpeg(images.resolve("passport.jpg"), 300, 200);
        byte[] whole = Files.readAllBytes(images.resolve("sea.jpg"));
        Files.write(images.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(images.resolve("broken.png"), "hello");
        Files.writeString(images.resolve("note.txt"), "hello");
        return images;
    }

    @Test
    @DisplayName("on its own pictures it ends with a summary, eleven smaller pictures and one rejected")
    void ownPictures() throws IOException {
        DemoLine line = DemoLine.run(demo(), "--backend", "memory:");

        assertThat(line.code()).as(line.err()).isZero();
        assertThat(line.out())
                .contains("Run 1 is done: 12 pictures, 48 jobs, in ")
                .contains("pictures   11 shrunk, 1 rejected")
                .contains("rejected   night.jpg, too dark: its brightness is 7 of 255, at least 16 wanted")
                .contains("jobs       47 completed, 1 failed for good, in 52 runs")
                .contains("check-term of mosaic.png failed twice, then succeeded")
                .contains("delayed    optimize-size of sunrise.jpg")
                .contains("panorama.jpg, added last but with priority: no other check began before its own")
                .contains("./aurochs demo --images ~/Pictures --backend memory:");
        assertThat(line.err()).contains("48 of 48 jobs").doesNotContain("Exception");
        Map<String, Long> shrunk = DemoLine.files(demo().resolve("shrunk"));
        assertThat(shrunk).hasSize(11).containsKey("mosaic.jpg");
        for (String name : shrunk.keySet()) {
            BufferedImage image = TestPictures.read(demo().resolve("shrunk").resolve(name));
            assertThat(Math.max(image.getWidth(), image.getHeight())).isLessThanOrEqualTo(1_280);
        }
        assertThat(DemoLine.files(demo().resolve("rejected"))).containsOnlyKeys("night.jpg");
        assertThat(DemoLine.files(demo().resolve("pictures"))).hasSize(12);
        assertThat(demo().resolve("staging")).doesNotExist();
    }

    @Test
    @DisplayName("on a person's pictures nothing collides, nothing is changed, what is broken is told")
    void ownersPictures() throws IOException {
        Path images = images();
        TreeMap<String, Long> before = DemoLine.files(images);

        DemoLine line = DemoLine.run(demo(), "--backend", "memory:", "--images", images.toString());

        assertThat(line.code()).as(line.err()).isZero();
        assertThat(line.out())
                .contains("Run 1 is done: 8 pictures, 32 jobs")
                .contains("pictures   4 shrunk, 2 rejected, 2 unreadable")
                .contains("cellar.jpg, too dark")
                .contains("passport.jpg, its name contains the term 'passport'")
                .contains("broken.png, it is not a picture")
                .contains("cut.jpg, its file is cut off");
        assertThat(line.err()).contains("1 other file in ").contains("left alone");
        assertThat(DemoLine.files(demo().resolve("shrunk")))
                .containsOnlyKeys("sea.jpg", "2024/sea.jpg", "2024/größe 1.jpg", "2024/größe 1.png.jpg");
        assertThat(DemoLine.files(demo().resolve("rejected"))).containsOnlyKeys("cellar.jpg", "passport.jpg");
        assertThat(DemoLine.files(images)).isEqualTo(before);
    }

    @Test
    void aFinishedDemoBeginsANewRunAndKeepsOtherResultsApart() throws IOException {
        Path one = TestPictures.jpeg(parent.resolve("one/a.jpg"), 200, 200).getParent();
        Path two = TestPictures.jpeg(parent.resolve("two/a.jpg"), 300, 300).getParent();
        DemoLine first = DemoLine.run(demo(), "--backend", "memory:", "--images", one.toString());
        DemoLine again = DemoLine.run(demo(), "--backend", "memory:", "--images", one.toString());
        DemoLine other = DemoLine.run(demo(), "--backend", "memory:", "--images", two.toString());

        assertThat(first.out()).contains("Run 1 is done: 1 picture, 4 jobs");
        assertThat(again.err()).contains("Run 1 was done; this is a new one.");
        assertThat(again.out()).contains("Run 2 is done");
        assertThat(other.out()).contains("Run 3 is done");
        assertThat(TestPictures.read(demo().resolve("shrunk-run2/a.jpg")).getWidth())
                .isEqualTo(200);
        assertThat(TestPictures.read(demo().resolve("shrunk/a.jpg")).getWidth()).isEqualTo(300);

        DemoLine fresh = DemoLine.run(demo(), "--backend", "memory:", "--images", two.toString(), "--fresh");
        assertThat(fresh.out()).contains("Run 1 is done");
        assertThat(demo().resolve("shrunk-run2")).doesNotExist();
    }

    @Test
    void imagesThatCannotBeUsedAreRefused() throws IOException {
        Path empty = Files.createDirectories(parent.resolve("empty"));
        Path file = Files.createFile(parent.resolve("file.jpg"));
        Files.createDirectories(demo().resolve("shrunk"));
        String[][] wrong = {
            {parent.resolve("gone").toString(), "there is no such folder"},
            {empty.toString(), "has no pictures (jpg, png, gif, bmp, tiff) in it or below"},
            {file.toString(), "is a file; name the folder it is in"},
            {demo().resolve("shrunk").toString(), "is the demo's own folder"}
        };
        for (String[] one : wrong) {
            DemoLine line = DemoLine.run(demo(), "--backend", "memory:", "--images", one[0]);
            assertThat(line.code()).isEqualTo(2);
            assertThat(line.err()).contains("--images " + one[0] + ": " + one[1]);
            assertThat(line.out()).isEmpty();
        }
        assertThat(demo().resolve("run.json")).doesNotExist();
    }

    @Test
    void aStoreWithOtherPeoplesJobsIsLeftAlone() throws IOException {
        try (Queues others = Queues.open("memory:shop")) {
            others.queue("images").add("invoice");
            DemoLine line = DemoLine.run(demo(), "--backend", "memory:shop");
            assertThat(line.code()).isEqualTo(1);
            assertThat(line.err()).contains("queue 'images' of memory:shop holds a job 'invoice'");
            assertThat(others.queue("uploads").counts().states().values()).containsOnly(0L);
        }
        assertThat(demo().resolve("run.json")).doesNotExist();
    }

    @Test
    @DisplayName("a demo that was killed in another folder is left to that folder")
    void anotherFoldersDemo() throws IOException {
        try (Queues others = Queues.open("memory:two-demos")) {
            others.queue("checks")
                    .add(
                            "check-term",
                            "a",
                            JobOptions.builder().id("run1-abcdef-a.jpg").build());
            DemoLine line = DemoLine.run(demo(), "--backend", "memory:two-demos");
            assertThat(line.code()).isEqualTo(1);
            assertThat(line.err())
                    .contains(
                            "queue 'checks' of memory:two-demos holds the job 'run1-abcdef-a.jpg' of a demo in another")
                    .contains("Let it end there");
        }
    }

    @Test
    void aStoreThatOthersShareIsUsedUnderALabelOfItsOwn() throws IOException {
        Path images = TestPictures.jpeg(parent.resolve("one/a.jpg"), 200, 200).getParent();
        try (Queues others = Queues.open("memory:shared-demo")) {
            DemoLine line = DemoLine.run(demo(), "--backend", "memory:shared-demo", "--images", images.toString());
            assertThat(line.code()).as(line.err()).isZero();
            RunState run = new RunFile(demo().resolve("run.json")).read().orElseThrow();
            assertThat(run.label()).matches("run1-[0-9a-f]{6}");
            assertThat(others.queue("uploads").find(run.label() + "-a.jpg")).isPresent();
        }
    }
}
