package dev.aurochs.cli.demo.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes pictures fit for a web page: scaled down, upright, encoded anew. Never touches the original. */
public final class Shrinker {
    /** The longest side of what comes out, in pixels. */
    public static final int LONG_SIDE = 1_280;

    private static final float QUALITY = 0.8f;

    private Shrinker() {}

    /**
     * The picture with its long side at most {@link #LONG_SIDE}: a PNG where it is transparent, else a JPEG; or its own
     * bytes, where those are fewer or where it is an animation.
     */
    public static Shrunk shrink(Path source) throws IOException {
        try (SourcePicture picture = SourcePicture.open(source)) {
            if (picture.hasSeveralFrames()) return original(source, picture);
            int orientation = JpegNotes.of(source).orientation();
            BufferedImage thinned = picture.pixels(2 * LONG_SIDE);
            BufferedImage small = Scaling.upright(Scaling.within(thinned, LONG_SIDE), orientation);
            boolean transparent = Scaling.isTransparent(small);
            byte[] bytes =
                    transparent ? Encoding.png(small, null) : Encoding.jpeg(Scaling.opaque(small), QUALITY, null);
            if (bytes.length >= Files.size(source)) return original(source, picture);
            return new Shrunk(bytes, transparent ? "png" : "jpg", small.getWidth(), small.getHeight());
        } catch (OutOfMemoryError huge) {
            throw new UnreadablePictureException("it is too large for this program's memory", huge);
        }
    }

    private static Shrunk original(Path source, SourcePicture picture) throws IOException {
        return new Shrunk(Files.readAllBytes(source), "", picture.width(), picture.height());
    }
}
