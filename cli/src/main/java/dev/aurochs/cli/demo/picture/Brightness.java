package dev.aurochs.cli.demo.picture;

import java.awt.image.BufferedImage;

/**
 * How bright a picture is and how much that varies.
 *
 * @param mean 0 (black) to 255 (white)
 * @param spread the standard deviation; 0 when all of it is equally bright
 */
public record Brightness(double mean, double spread) {
    /** Measures the visible pixels; a transparent picture counts as white where nothing is. */
    public static Brightness of(BufferedImage image) {
        double sum = 0;
        double squares = 0;
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++) {
                double light = light(image.getRGB(x, y));
                sum += light;
                squares += light * light;
            }
        double count = (double) image.getWidth() * image.getHeight();
        double mean = sum / count;
        return new Brightness(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }

    private static double light(int argb) {
        double alpha = (argb >>> 24) / 255.0;
        double light = 0.2126 * (argb >> 16 & 0xFF) + 0.7152 * (argb >> 8 & 0xFF) + 0.0722 * (argb & 0xFF);
        return light * alpha + 255 * (1 - alpha);
    }
}
