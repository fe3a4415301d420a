package dev.aurochs.cli.demo.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Makes images smaller without losing their fine detail to jagged edges, and turns them upright. */
final class Scaling {
    private Scaling() {}

    /** The image with its long side at most {@code longSide}, in plain RGB, with alpha where it had any. */
    static BufferedImage within(BufferedImage image, int longSide) {
        double factor = Math.min(1, longSide / (double) Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage present = image;
        while (present.getWidth() > 2 * width && present.getHeight() > 2 * height)
            present = resized(present, (present.getWidth() + 1) / 2, (present.getHeight() + 1) / 2);
        return resized(present, width, height);
    }

    private static BufferedImage resized(BufferedImage image, int width, int height) {
        BufferedImage resized = new BufferedImage(width, height, type(image));
        Graphics2D brush = resized.createGraphics();
        brush.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        brush.drawImage(image, 0, 0, width, height, null);
        brush.dispose();
        return resized;
    }

    private static int type(BufferedImage image) {
        return image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    }

    /** True when something shines through it. */
    static boolean isTransparent(BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) return false;
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++) if (image.getRGB(x, y) >>> 24 != 0xFF) return true;
        return false;
    }

    /** The image without its alpha, which must be full everywhere. */
    static BufferedImage opaque(BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) return image;
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = opaque.createGraphics();
        brush.drawImage(image, 0, 0, null);
        brush.dispose();
        return opaque;
    }

    /** The image as its camera held it, turned and mirrored as EXIF orientation 1 to 8 says. */
    static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation == 1) return image;
        int w = image.getWidth();
        int h = image.getHeight();
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            default -> new AffineTransform(0, -1, 1, 0, 0, w);
        };
        boolean lying = orientation >= 5;
        BufferedImage upright = new BufferedImage(lying ? h : w, lying ? w : h, type(image));
        Graphics2D brush = upright.createGraphics();
        brush.drawImage(image, turn, null);
        brush.dispose();
        return upright;
    }
}
