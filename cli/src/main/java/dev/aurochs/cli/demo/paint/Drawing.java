package dev.aurochs.cli.demo.paint;

import dev.aurochs.cli.demo.picture.Encoding;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** A picture of the demo's own set: what it is called, how large it is, how it is drawn. */
public final class Drawing {
    private static final float QUALITY = 0.95f;

    private final String fileName;
    private final int width;
    private final int height;
    private final String caption;
    private final boolean transparent;
    private final Painting painting;

    Drawing(String fileName, int width, int height, String caption, Painting painting) {
        this.fileName = fileName;
        this.width = width;
        this.height = height;
        this.caption = caption;
        this.transparent = fileName.endsWith(".png");
        this.painting = painting;
    }

    public String fileName() {
        return fileName;
    }

    /** The finished file; the same bytes every time on the same Java. */
    public byte[] draw() throws IOException {
        int type = transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        Brush brush = new Brush(image, fileName.hashCode());
        painting.paint(brush);
        brush.done();
        String comment = caption + ", drawn by the Aurochs demo";
        return transparent ? Encoding.png(image, comment) : Encoding.jpeg(image, QUALITY, comment);
    }
}
