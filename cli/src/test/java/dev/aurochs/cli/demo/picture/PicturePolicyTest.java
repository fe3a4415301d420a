package dev.aurochs.cli.demo.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturePolicyTest {
    @TempDir
    private Path folder;

    private PicturePolicy.Verdict judge(BufferedImage image) throws IOException {
        return PicturePolicy.judge(TestPictures.png(folder.resolve("any.png"), image, null));
    }

    @Test
    void anOrdinaryPictureIsFine() throws IOException {
        PicturePolicy.Verdict verdict = judge(TestPictures.image(640, 480, BufferedImage.TYPE_INT_RGB));
        assertThat(verdict.objection()).isEmpty();
        assertThat(verdict.measured()).startsWith("640 x 480, brightness 1");
    }

    @Test
    void aPictureInWhichNothingCanBeSeenIsTooDark() throws IOException {
        assertThat(judge(TestPictures.plain(300, 200, new Color(5, 5, 5))).objection())
                .contains("too dark: its brightness is 5 of 255, at least 16 wanted");
    }

    @Test
    void aPictureOfOneColourIsEmpty() throws IOException {
        assertThat(judge(TestPictures.plain(300, 200, Color.ORANGE)).objection())
                .contains("empty: all of it has one and the same brightness");
    }

    @Test
    void aPictureOfAFewPixelsIsTooSmall() throws IOException {
        assertThat(judge(TestPictures.image(300, 9, BufferedImage.TYPE_INT_RGB)).objection())
                .contains("too small: 300 x 9 pixels, at least 16 x 16 wanted");
    }

    @Test
    void aStripeIsTooLong() throws IOException {
        assertThat(judge(TestPictures.image(2_000, 20, BufferedImage.TYPE_INT_RGB))
                        .objection())
                .contains("too long: 2000 x 20 pixels, at most 10 to 1 allowed");
    }

    @Test
    void aPictureWithMorePixelsThanAnyCameraHasIsTooLarge() {
        assertThat(PicturePolicy.objection(40_000, 20_000, new Brightness(100, 40)))
                .contains("too large: 40000 x 20000 pixels, at most 400 megapixels allowed");
    }

    @Test
    void darkInkOnATransparentGroundIsNotDark() throws IOException {
        BufferedImage ink = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
        for (int x = 50; x < 150; x++) ink.setRGB(x, 100, 0xFF000000);
        assertThat(judge(ink).objection()).isEmpty();
    }
}
