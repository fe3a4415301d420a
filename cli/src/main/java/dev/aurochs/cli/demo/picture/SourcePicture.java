package dev.aurochs.cli.demo.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.FileImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture file opened for reading; close it. Reads no more pixels than asked for, so that a huge picture does not
 * need
 * huge memory. Not thread-safe.
 */
public final class SourcePicture implements AutoCloseable {
    /** How Java's JPEG reader warns before it fills up what is missing with grey. */
    private static final String CUT_OFF = "Missing EOI";

    private final FileImageInputStream stream;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private boolean cutOff;

    private SourcePicture(FileImageInputStream stream, ImageReader reader) throws IOException {
        this.stream = stream;
        this.reader = reader;
        IIOReadWarningListener listener = (from, warning) -> cutOff |= warning.contains(CUT_OFF);
        reader.addIIOReadWarningListener(listener);
        reader.setInput(stream, false, false);
        width = reader.getWidth(0);
        height = reader.getHeight(0);
    }

    /** Opens a file. Throws {@link UnreadablePictureException} when it is no picture. */
    public static SourcePicture open(Path file) throws IOException {
        if (!Files.exists(file)) throw new NoSuchFileException(file.toString(), null, "the picture is gone");
        FileImageInputStream stream = new FileImageInputStream(file.toFile());
        try {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) throw new UnreadablePictureException("it is not a picture", null);
            return new SourcePicture(stream, readers.next());
        } catch (IIOException | RuntimeException broken) {
            stream.close();
            throw unreadable(broken);
        } catch (IOException | Error broken) {
            stream.close();
            throw broken;
        }
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** {@code jpeg}, {@code png}, {@code gif}, … */
    public String format() throws IOException {
        return reader.getFormatName().toLowerCase(Locale.ROOT);
    }

    /** True when it holds several pictures, such as an animation. */
    public boolean hasSeveralFrames() throws IOException {
        try {
            return reader.getNumImages(true) > 1;
        } catch (IIOException | RuntimeException broken) {
            throw unreadable(broken);
        }
    }

    /**
     * The pixels, thinned out so that the long side is at least {@code longSide} where it was, and below twice that.
     */
    public BufferedImage pixels(int longSide) throws IOException {
        int step = Math.max(1, Math.max(width, height) / longSide);
        ImageReadParam thinned = reader.getDefaultReadParam();
        thinned.setSourceSubsampling(step, step, 0, 0);
        try {
            BufferedImage image = reader.read(0, thinned);
            if (cutOff) throw new UnreadablePictureException("its file is cut off", null);
            return image;
        } catch (IIOException | RuntimeException broken) {
            throw unreadable(broken);
        }
    }

    /** What the file says about itself; null when it says nothing that Java can read. */
    @Nullable
    IIOMetadata metadata() throws IOException {
        try {
            return reader.getImageMetadata(0);
        } catch (IIOException | RuntimeException unusual) {
            return null;
        }
    }

    private static UnreadablePictureException unreadable(Exception broken) {
        if (broken instanceof UnreadablePictureException already) return already;
        String detail = broken.getMessage();
        return new UnreadablePictureException(
                "it cannot be read as a picture" + (detail == null ? "" : ": " + detail.strip()), broken);
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
