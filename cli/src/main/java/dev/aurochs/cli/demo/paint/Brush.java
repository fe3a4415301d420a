package dev.aurochs.cli.demo.paint;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Draws on a canvas that is measured in its own width and height: 0 to 1 from left to right and from top to bottom.
 * What
 * it draws at random is the same at every run. Not thread-safe.
 */
final class Brush {
    private static final int RIDGE_STEPS = 240;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Random random;

    Brush(BufferedImage image, long seed) {
        this.image = image;
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        random = new Random(seed);
    }

    static Color rgb(int hex) {
        return new Color(hex);
    }

    static Color faint(int hex, double alpha) {
        return new Color(hex >> 16 & 0xFF, hex >> 8 & 0xFF, hex & 0xFF, (int) Math.round(alpha * 255));
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /** A number from {@code least} to below {@code most}. */
    double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    void fill(Shape shape, Paint paint) {
        graphics.setPaint(paint);
        graphics.fill(shape);
    }

    /** A band over the whole width, its colours running from {@code top} to {@code bottom}. */
    void band(double top, double bottom, int... colours) {
        Rectangle2D area = new Rectangle2D.Double(0, top * height(), width(), (bottom - top) * height() + 1);
        fill(area, downwards(top, bottom, colours));
    }

    Paint downwards(double top, double bottom, int... colours) {
        float[] stops = new float[colours.length];
        Color[] paints = new Color[colours.length];
        for (int i = 0; i < colours.length; i++) {
            stops[i] = i / (colours.length - 1f);
            paints[i] = rgb(colours[i]);
        }
        return new LinearGradientPaint(0, (float) top * height(), 0, (float) bottom * height(), stops, paints);
    }

    /** A disc of one colour; the radius is measured in heights. */
    void disc(double x, double y, double radius, Paint paint) {
        fill(circle(x, y, radius), paint);
    }

    /** Light that fades away from its middle. */
    void glow(double x, double y, double radius, int colour, double strength) {
        Paint light = new RadialGradientPaint(
                (float) (x * width()),
                (float) (y * height()),
                (float) (radius * height()),
                new float[] {0, 1},
                new Color[] {faint(colour, strength), faint(colour, 0)});
        fill(circle(x, y, radius), light);
    }

    private Shape circle(double x, double y, double radius) {
        double r = radius * height();
        return new Ellipse2D.Double(x * width() - r, y * height() - r, 2 * r, 2 * r);
    }

    /** The area below a rough line around {@code level}, like the outline of hills. */
    Shape ridge(double level, double roughness, double hills) {
        double[] phases = random.doubles(7, 0, 2 * Math.PI).toArray();
        Path2D outline = new Path2D.Double();
        outline.moveTo(0, height());
        for (int i = 0; i <= RIDGE_STEPS; i++) {
            double x = i / (double) RIDGE_STEPS;
            double y = level;
            for (int octave = 0; octave < phases.length; octave++) {
                double bend = Math.sin(x * hills * Math.pow(1.9, octave) * 2 * Math.PI + phases[octave]);
                y += roughness * bend / Math.pow(1.9, octave);
            }
            outline.lineTo(x * width(), y * height());
        }
        outline.lineTo(width(), height());
        outline.closePath();
        return outline;
    }

    /** A slim fir tree that stands at this point. */
    void fir(double x, double foot, double size, Paint paint) {
        Path2D tree = new Path2D.Double();
        double h = size * height();
        double left = x * width();
        double ground = foot * height();
        for (int tier = 0; tier < 4; tier++) {
            double bottom = ground - h * tier * 0.22;
            double half = h * (0.2 - tier * 0.042);
            tree.moveTo(left - half, bottom);
            tree.lineTo(left, bottom - h * 0.42);
            tree.lineTo(left + half, bottom);
            tree.closePath();
        }
        fill(tree, paint);
    }

    /** Small stars over the band from the top down to {@code bottom}. */
    void stars(int count, double bottom, double brightness) {
        for (int i = 0; i < count; i++)
            disc(
                    between(0, 1),
                    between(0, bottom),
                    between(0.0004, 0.0018),
                    faint(0xFFFFFF, brightness * between(0.3, 1)));
    }

    /** Mirrors what is above {@code line} into what is below, a little squeezed. */
    void mirror(double line) {
        int y = (int) (line * height());
        int depth = height() - y;
        int top = Math.max(0, y - (int) (depth * 1.3));
        graphics.drawImage(image, 0, height(), width(), y, 0, top, width(), y, null);
    }

    /** The grain of a film: every pixel a little brighter or darker, by at most {@code most} of 255. */
    void grain(int most) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        SplittableRandom grains = new SplittableRandom(random.nextLong());
        for (int i = 0; i < pixels.length; i++) {
            int argb = pixels[i];
            int shift = grains.nextInt(2 * most + 1) - most;
            pixels[i] = argb & 0xFF000000
                    | shifted(argb >> 16, shift) << 16
                    | shifted(argb >> 8, shift) << 8
                    | shifted(argb, shift);
        }
    }

    private static int shifted(int channel, int by) {
        return Math.max(0, Math.min(255, (channel & 0xFF) + by));
    }

    void put(int x, int y, int argb) {
        image.setRGB(x, y, argb);
    }

    void done() {
        graphics.dispose();
    }
}
