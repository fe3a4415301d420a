package dev.aurochs.cli.demo.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} x {1} becomes {2} x {3}")
    @CsvSource({"2000,1000,1280,640", "900,2700,427,1280", "6000,300,1280,64", "1280,640,1280,640", "1281,20,1280,20"})
    void aLargePictureFits(int width, int height, int newWidth, int newHeight) throws IOException {
        Shrunk shrunk = Shrinker.shrink(TestPictures.jpeg(folder.resolve("large.jpg"), width, height));

        assertThat(shrunk.extension()).isEqualTo("jpg");
        assertThat(shrunk.width()).isEqualTo(newWidth);
        assertThat(shrunk.height()).isEqualTo(newHeight);
        BufferedImage image = decoded(shrunk);
        assertThat(image.getWidth()).isEqualTo(newWidth);
        assertThat(image.getHeight()).isEqualTo(newHeight);
    }

    @Test
    void theOriginalStaysAsItWas() throws IOException {
        Path source = TestPictures.jpeg(folder.resolve("original.jpg"), 1500, 900);
        byte[] before = Files.readAllBytes(source);
        Shrinker.shrink(source);
        assertThat(Files.readAllBytes(source)).isEqualTo(before);
    }

    @Test
    void aPictureThatWouldGrowKeepsItsOwnBytes() throws IOException {
        Path tiny = folder.resolve("tiny.jpg");
        Files.write(tiny, Encoding.jpeg(TestPictures.plain(8, 8, Color.RED), 0.1f, null));
        Shrunk shrunk = Shrinker.shrink(tiny);
        assertThat(shrunk.isOriginal()).isTrue();
        assertThat(shrunk.bytes()).isEqualTo(Files.readAllBytes(tiny));
    }

    @Test
    void whatShinesThroughStaysTransparent() throws IOException {
        BufferedImage glass = TestPictures.image(1600, 400, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 800; x++) for (int y = 0; y < 400; y++) glass.setRGB(x, y, 0);
        Shrunk shrunk = Shrinker.shrink(TestPictures.png(folder.resolve("glass.png"), glass, null));
        assertThat(shrunk.extension()).isEqualTo("png");
        assertThat(decoded(shrunk).getRGB(10, 10) >>> 24).isZero();
        assertThat(decoded(shrunk).getRGB(1270, 10) >>> 24).isEqualTo(255);
    }

    @Test
    void alphaThatHidesNothingBecomesJpeg() throws IOException {
        BufferedImage opaque = TestPictures.image(700, 500, BufferedImage.TYPE_INT_ARGB);
        Shrunk shrunk = Shrinker.shrink(TestPictures.png(folder.resolve("screen.png"), opaque, null));
        assertThat(shrunk.extension()).isEqualTo("jpg");
        assertThat(decoded(shrunk).getColorModel().hasAlpha()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "tiff"})
    void otherFormatsBecomeJpeg(String format) throws IOException {
        BufferedImage image = TestPictures.image(600, 400, BufferedImage.TYPE_INT_RGB);
        Shrunk shrunk = Shrinker.shrink(TestPictures.other(folder.resolve("any"), image, format));
        assertThat(shrunk.extension()).isEqualTo("jpg");
        assertThat(decoded(shrunk).getWidth()).isEqualTo(600);
    }

    @ParameterizedTest(name = "EXIF orientation {0}: bright side at {1}, {2}")
    @CsvSource({"1,0.1,0.5", "3,0.9,0.5", "6,0.5,0.1", "8,0.5,0.9", "2,0.9,0.5", "4,0.1,0.5", "5,0.5,0.1", "7,0.5,0.9"})
    void aPictureIsTurnedUpright(int orientation, double brightX, double brightY) throws IOException {
        BufferedImage lying = TestPictures.image(400, 200, BufferedImage.TYPE_INT_RGB);
        BufferedImage upright = decoded(
                Shrinker.shrink(TestPictures.jpegWithExif(folder.resolve("turned.jpg"), lying, orientation, "a test")));

        assertThat(upright.getWidth()).isEqualTo(orientation >= 5 ? 200 : 400);
        assertThat(red(upright, brightX, brightY)).isGreaterThan(200);
        assertThat(red(upright, 1 - brightX, 1 - brightY)).isLessThan(110);
    }

    @Test
    void aFileThatIsNoPictureSaysSo() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "hello");
        assertThatThrownBy(() -> Shrinker.shrink(text))
                .isInstanceOf(UnreadablePictureException.class)
                .hasMessage("it is not a picture");
    }

    @Test
    void anEmptyFileSaysSo() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertThatThrownBy(() -> Shrinker.shrink(empty)).isInstanceOf(UnreadablePictureException.class);
    }

    @Test
    @DisplayName("wherever a file is cut off, it is refused and never published half grey")
    void aFileThatIsCutOffIsRefused() throws IOException {
        for (String name : new String[] {"cut.jpg", "cut.png"}) {
            BufferedImage image = TestPictures.image(500, 400, BufferedImage.TYPE_INT_RGB);
            byte[] whole = name.endsWith("png") ? Encoding.png(image, null) : Encoding.jpeg(image, 0.9f, null);
            for (int length = whole.length / 9; length < whole.length - 20; length += whole.length / 9) {
                Path cut = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> Shrinker.shrink(cut)).isInstanceOf(UnreadablePictureException.class);
            }
        }
    }

    @Test
    void aFileThatIsGoneSaysSo() {
        assertThatThrownBy(() -> Shrinker.shrink(folder.resolve("gone.jpg"))).isInstanceOf(NoSuchFileException.class);
    }

    private static int red(BufferedImage image, double x, double y) {
        return image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())) >> 16 & 0xFF;
    }

    private static BufferedImage decoded(Shrunk shrunk) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(shrunk.bytes()));
    }
}
