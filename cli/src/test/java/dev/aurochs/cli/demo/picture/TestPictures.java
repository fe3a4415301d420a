package dev.aurochs.cli.demo.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Makes pictures for tests. */
public final class TestPictures {
    private static final int EXIF_WITHOUT_TEXT = 8 + 2 + 2 * 12 + 4;

    private TestPictures() {}

    /** Colours that run from left to right, with grain; the left half bright, the right half darker. */
    public static BufferedImage image(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(width * 31L + height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int light = 230 - 160 * x / width + random.nextInt(12);
                image.setRGB(x, y, new Color(light, light * 3 / 4, 255 - light).getRGB());
            }
        return image;
    }

    /** An image of one colour. */
    public static BufferedImage plain(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setColor(colour);
        brush.fillRect(0, 0, width, height);
        brush.dispose();
        return image;
    }

    public static Path jpeg(Path file, BufferedImage image, @Nullable String comment) throws IOException {
        return written(file, Encoding.jpeg(image, 0.95f, comment));
    }

    public static Path jpeg(Path file, int width, int height) throws IOException {
        return jpeg(file, image(width, height, BufferedImage.TYPE_INT_RGB), null);
    }

    public static Path png(Path file, BufferedImage image, @Nullable String comment) throws IOException {
        return written(file, Encoding.png(image, comment));
    }

    /** Any format that Java can write: {@code gif}, {@code bmp}, {@code tiff}. */
    public static Path other(Path file, BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) throw new IOException("no writer for " + format);
        return written(file, bytes.toByteArray());
    }

    /** A JPEG with an EXIF block that tells its orientation and a description. */
    public static Path jpegWithExif(Path file, BufferedImage image, int orientation, String text) throws IOException {
        byte[] plain = Encoding.jpeg(image, 0.95f, null);
        byte[] description = (text + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer exif = ByteBuffer.allocate(EXIF_WITHOUT_TEXT + description.length);
        exif.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 2);
        exif.putShort((short) 0x010E)
                .putShort((short) 2)
                .putInt(description.length)
                .putInt(EXIF_WITHOUT_TEXT);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0).put(description);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 2);
        int length = 2 + 6 + exif.capacity();
        bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
        bytes.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        bytes.writeBytes(exif.array());
        bytes.write(plain, 2, plain.length - 2);
        return written(file, bytes.toByteArray());
    }

    private static Path written(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, bytes);
    }

    /** The picture in a file, all of it. */
    public static BufferedImage read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) throw new IOException(file + " is no picture");
        return image;
    }
}
