package dev.aurochs.cli.demo.paint;

import static dev.aurochs.cli.demo.paint.Brush.faint;
import static dev.aurochs.cli.demo.paint.Brush.rgb;

import java.awt.Color;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Shapes and patterns; some of them stand on a transparent ground. */
final class Figures {
    private static final int[] TILES = {0x264653, 0x2A9D8F, 0xE9C46A, 0xF4A261, 0xE76F51, 0xFAF3E3};

    private Figures() {}

    /** Waves of concentric arcs, row before row, darker towards the shore. */
    static void waves(Brush brush) {
        brush.band(0, 1, 0xEAF4F4, 0xEAF4F4);
        double radius = 0.11;
        double across = radius * brush.height() / brush.width();
        for (int row = -1; row * radius / 2 < 1 + radius; row++) {
            double y = row * radius / 2;
            int sea = Color.HSBtoRGB((float) (0.5 + 0.1 * y), (float) (0.35 + 0.45 * y), (float) (0.85 - 0.45 * y));
            for (double x = row % 2 == 0 ? 0 : across; x < 1 + across; x += 2 * across)
                for (int ring = 5; ring >= 1; ring--)
                    brush.disc(x, y, radius * ring / 5, ring % 2 == 1 ? rgb(sea) : rgb(0xEAF4F4));
        }
        brush.grain(5);
    }

    /** Quarter circles in a grid, as on a tiled floor. */
    static void mosaic(Brush brush) {
        int across = 10;
        double size = brush.width() / (double) across;
        for (int row = 0; row < across; row++)
            for (int column = 0; column < across; column++) {
                double x = column * size;
                double y = row * size;
                int ground = (int) brush.between(0, TILES.length);
                int figure = (ground + 1 + (int) brush.between(0, TILES.length - 1)) % TILES.length;
                brush.fill(new Rectangle2D.Double(x, y, size + 1, size + 1), rgb(TILES[ground]));
                double left = brush.between(0, 1) < 0.5 ? x - size : x;
                double top = brush.between(0, 1) < 0.5 ? y - size : y;
                Path2D quarter = new Path2D.Double(new Ellipse2D.Double(left, top, 2 * size, 2 * size));
                Area inside = new Area(quarter);
                inside.intersect(new Area(new Rectangle2D.Double(x, y, size, size)));
                brush.fill(inside, rgb(TILES[figure]));
                double half = size / 5;
                brush.fill(
                        new Ellipse2D.Double(x + size / 2 - half, y + size / 2 - half, 2 * half, 2 * half),
                        faint(TILES[(figure + 2) % TILES.length], 0.9));
            }
        brush.grain(6);
    }

    /** A ringed planet on a transparent ground. */
    static void planet(Brush brush) {
        brush.glow(0.5, 0.5, 0.49, 0x7FB2FF, 0.35);
        ring(brush, 0, Math.PI);
        int radius = (int) (0.27 * brush.height());
        int middle = brush.height() / 2;
        for (int y = -radius; y <= radius; y++)
            for (int x = -radius; x <= radius; x++) {
                double square = (x * x + y * y) / (double) (radius * radius);
                if (square > 1) continue;
                double depth = Math.sqrt(1 - square);
                double band = Math.sin(y * 14.0 / radius + 0.8 * Math.sin(x * 3.0 / radius + y * 5.0 / radius));
                double light = Math.max(0.08, 0.75 * depth - 0.45 * x / radius - 0.3 * y / radius);
                float hue = (float) (0.07 + 0.03 * band);
                int rgb = Color.HSBtoRGB(hue, (float) (0.55 - 0.15 * band), (float) Math.min(1, light));
                brush.put(middle + x, middle + y, rgb);
            }
        ring(brush, Math.PI, 2 * Math.PI);
    }

    private static void ring(Brush brush, double from, double to) {
        for (int turn = 0; turn < 26; turn++) {
            double size = 0.36 + turn * 0.0048;
            if (turn == 15 || turn == 16) continue;
            Color dust = faint(turn % 3 == 0 ? 0xE8D7B0 : 0xC9B48A, 0.55);
            for (double angle = from; angle < to; angle += 0.004) {
                double x = 0.5 + size * Math.cos(angle);
                double y = 0.5 - size * 0.28 * Math.sin(angle) + 0.18 * (x - 0.5);
                brush.disc(x, y, 0.0028, dust);
            }
        }
    }

    /** Soap bubbles on a transparent ground. */
    static void bubbles(Brush brush) {
        for (int i = 0; i < 34; i++) {
            double x = brush.between(0.03, 0.97);
            double y = brush.between(0.06, 0.94);
            double radius = brush.between(0.02, 0.15);
            int colour = Color.HSBtoRGB((float) brush.between(0, 1), 0.55f, 1) & 0xFFFFFF;
            brush.disc(x, y, radius, faint(colour, 0.28));
            brush.glow(x + radius * 0.15, y + radius * 0.25, radius * 0.8, 0xFFFFFF, 0.35);
            brush.disc(x - radius * 0.25, y - radius * 0.4, radius * 0.16, faint(0xFFFFFF, 0.85));
        }
    }

    /** The head of an aurochs, small enough for a browser's tab. */
    static void badge(Brush brush) {
        double size = brush.width();
        brush.disc(0.5, 0.5, 0.5, rgb(0xF2E3C6));
        for (int side = -1; side <= 1; side += 2) {
            Path2D horn = new Path2D.Double();
            horn.moveTo(size * (0.5 + side * 0.1), size * 0.36);
            horn.curveTo(
                    size * (0.5 + side * 0.5),
                    size * 0.42,
                    size * (0.5 + side * 0.44),
                    size * 0.16,
                    size * (0.5 + side * 0.3),
                    size * 0.1);
            horn.curveTo(
                    size * (0.5 + side * 0.36),
                    size * 0.24,
                    size * (0.5 + side * 0.3),
                    size * 0.28,
                    size * (0.5 + side * 0.1),
                    size * 0.26);
            horn.closePath();
            brush.fill(horn, rgb(0x4A3A2A));
            brush.disc(0.5 + side * 0.24, 0.42, 0.055, rgb(0x6B4426));
        }
        Path2D head = new Path2D.Double();
        head.moveTo(size * 0.33, size * 0.28);
        head.quadTo(size * 0.5, size * 0.2, size * 0.67, size * 0.28);
        head.quadTo(size * 0.7, size * 0.55, size * 0.6, size * 0.82);
        head.quadTo(size * 0.5, size * 0.92, size * 0.4, size * 0.82);
        head.quadTo(size * 0.3, size * 0.55, size * 0.33, size * 0.28);
        brush.fill(head, rgb(0x7A4E2B));
        brush.disc(0.5, 0.78, 0.1, rgb(0xE9D3B0));
        for (int side = -1; side <= 1; side += 2) {
            brush.disc(0.5 + side * 0.09, 0.47, 0.03, rgb(0x1B120A));
            brush.disc(0.5 + side * 0.035, 0.78, 0.018, rgb(0x3A2615));
        }
    }
}
