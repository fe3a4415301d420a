package dev.aurochs.cli.demo.paint;

import static dev.aurochs.cli.demo.paint.Brush.faint;
import static dev.aurochs.cli.demo.paint.Brush.rgb;

import java.awt.geom.Path2D;

/** Mountains, water and weather. */
final class Landscapes {
    private Landscapes() {}

    static void lake(Brush brush) {
        brush.band(0, 0.62, 0x3F7FBF, 0x9CC8E8, 0xF3E3CF);
        brush.glow(0.72, 0.2, 0.5, 0xFFF4D6, 0.9);
        brush.disc(0.72, 0.2, 0.035, rgb(0xFFFBEA));
        clouds(brush, 14, 0.28);
        brush.fill(brush.ridge(0.36, 0.07, 1.3), brush.downwards(0.2, 0.6, 0xEEF3F8, 0x8FA6BF, 0x6E88A5));
        brush.fill(brush.ridge(0.46, 0.045, 2.1), brush.downwards(0.38, 0.62, 0x5E7F94, 0x3E6272));
        brush.fill(brush.ridge(0.55, 0.022, 3.4), brush.downwards(0.5, 0.62, 0x2F5B4C, 0x1E4236));
        for (int i = 0; i < 110; i++)
            brush.fir(brush.between(0, 1), brush.between(0.585, 0.622), brush.between(0.03, 0.075), rgb(0x163328));
        brush.mirror(0.62);
        brush.fill(brush.ridge(0.62, 0.0008, 9), faint(0x1B4A66, 0.35));
        for (int i = 0; i < 90; i++) ripple(brush, brush.between(0.64, 0.99));
        brush.grain(4);
    }

    private static void ripple(Brush brush, double y) {
        double length = brush.between(0.02, 0.12);
        double x = brush.between(-0.05, 1);
        Path2D line = new Path2D.Double();
        line.moveTo(x * brush.width(), y * brush.height());
        line.quadTo(
                (x + length / 2) * brush.width(),
                (y - 0.002) * brush.height(),
                (x + length) * brush.width(),
                y * brush.height());
        line.quadTo(
                (x + length / 2) * brush.width(), (y + 0.002) * brush.height(), x * brush.width(), y * brush.height());
        brush.fill(line, faint(0xFFFFFF, 0.35));
    }

    private static void clouds(Brush brush, int count, double lowest) {
        for (int i = 0; i < count; i++) {
            double x = brush.between(0, 1);
            double y = brush.between(0.04, lowest);
            for (int puff = 0; puff < 9; puff++)
                brush.glow(
                        x + brush.between(-0.05, 0.05),
                        y + brush.between(-0.012, 0.012),
                        brush.between(0.02, 0.06),
                        0xFFFFFF,
                        0.35);
        }
    }

    static void dunes(Brush brush) {
        brush.band(0, 0.5, 0x2E86C1, 0xA9D6EC, 0xFBE7C6);
        brush.glow(0.2, 0.18, 0.4, 0xFFFFFF, 0.9);
        brush.fill(brush.ridge(0.44, 0.02, 1.2), brush.downwards(0.4, 0.6, 0xF6D39A, 0xDDA964));
        brush.fill(brush.ridge(0.54, 0.045, 0.9), brush.downwards(0.46, 0.75, 0xEFBE77, 0xC78542));
        brush.fill(brush.ridge(0.67, 0.05, 0.8), brush.downwards(0.58, 0.92, 0xE3A559, 0xA9652C));
        brush.fill(brush.ridge(0.86, 0.055, 0.7), brush.downwards(0.74, 1, 0xCF8A42, 0x70401E));
        brush.grain(7);
    }

    static void sunrise(Brush brush) {
        brush.band(0, 0.66, 0x2B2350, 0x8A3F6B, 0xF0764F, 0xFFD27D);
        brush.glow(0.5, 0.6, 0.75, 0xFFE7A3, 0.85);
        brush.disc(0.5, 0.6, 0.1, rgb(0xFFF3CF));
        brush.fill(brush.ridge(0.6, 0.03, 1.6), brush.downwards(0.52, 0.8, 0xA04A60, 0x6A2F55));
        brush.fill(brush.ridge(0.7, 0.03, 2.2), brush.downwards(0.64, 0.9, 0x6A2F55, 0x3E2148));
        brush.fill(brush.ridge(0.82, 0.028, 2.8), brush.downwards(0.76, 1, 0x3A1F45, 0x180E27));
        brush.grain(3);
    }

    static void forest(Brush brush) {
        brush.band(0, 1, 0xDDE8E1, 0xB9D0C6, 0x8FB0A3);
        for (int row = 0; row < 7; row++) {
            double depth = row / 6.0;
            double foot = 0.42 + 0.1 * row;
            int green = mix(0xA4C2B5, 0x0F2A20, depth);
            for (int i = 0; i < 26; i++)
                brush.fir(
                        brush.between(-0.05, 1.05),
                        foot + brush.between(-0.02, 0.03),
                        (0.1 + 0.22 * depth) * brush.between(0.7, 1.25),
                        rgb(green));
            brush.fill(brush.ridge(foot + 0.02, 0.008, 1.5), faint(green, 0.55));
        }
        brush.glow(0.75, 0.08, 0.6, 0xFFFFE8, 0.7);
        brush.grain(5);
    }

    static void panorama(Brush brush) {
        brush.band(0, 1, 0x7FB2DD, 0xC9E2F2, 0xFFF6E6);
        for (int row = 0; row < 8; row++) {
            double depth = row / 7.0;
            double level = 0.4 + 0.07 * row;
            int top = mix(0xBFD3E3, 0x244B45, depth);
            int bottom = mix(0xD6E2EA, 0x0E2622, depth);
            brush.fill(brush.ridge(level, 0.05 - 0.025 * depth, 2 + row), brush.downwards(level - 0.1, 1, top, bottom));
        }
        brush.glow(0.15, 0.12, 0.5, 0xFFFFFF, 0.8);
        brush.grain(4);
    }

    static void aurora(Brush brush) {
        brush.band(0, 1, 0x050B1E, 0x0B2238, 0x123B4A);
        brush.stars(500, 0.75, 1);
        for (int veil = 0; veil < 3; veil++) {
            double phase = brush.between(0, 6);
            double level = 0.3 + 0.1 * veil;
            int colour = veil == 2 ? 0x9B6BFF : 0x46F0A0;
            for (int i = 0; i < 100; i++) {
                double x = i / 100.0;
                double y = level + 0.09 * Math.sin(x * 5 + phase) + 0.03 * Math.sin(x * 17 + phase);
                brush.glow(x, y, 0.07, colour, 0.12);
                brush.glow(x, y - 0.08, 0.14, colour, 0.085);
            }
        }
        brush.fill(brush.ridge(0.8, 0.03, 2.4), brush.downwards(0.74, 1, 0x0C1B22, 0x03080B));
        for (int i = 0; i < 70; i++)
            brush.fir(brush.between(0, 1), brush.between(0.86, 1), brush.between(0.06, 0.16), rgb(0x02070A));
        brush.grain(4);
    }

    static void night(Brush brush) {
        brush.band(0, 1, 0x05060B, 0x080A12, 0x040508);
        brush.stars(160, 0.7, 0.4);
        brush.glow(0.78, 0.2, 0.1, 0x8890A8, 0.12);
        brush.fill(brush.ridge(0.72, 0.03, 2), rgb(0x020204));
        brush.grain(2);
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
