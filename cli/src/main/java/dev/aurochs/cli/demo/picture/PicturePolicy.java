package dev.aurochs.cli.demo.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The house rules for pictures: what may be published, by size, shape and brightness. */
public final class PicturePolicy {
    private static final int SAMPLE_SIDE = 256;
    private static final int SHORTEST_SIDE = 16;
    private static final int MOST_MEGAPIXELS = 400;
    private static final double LONGEST_SHAPE = 10;
    private static final double DARKEST = 16;
    private static final double FLATTEST = 0.5;

    private PicturePolicy() {}

    /** What the rules say about a picture; the objection is empty when they have none. */
    public record Verdict(int width, int height, Brightness brightness, Optional<String> objection) {
        /** In one line: {@code 1600 x 1067, brightness 121 of 255}. */
        public String measured() {
            return String.format(Locale.ROOT, "%d x %d, brightness %.0f of 255", width, height, brightness.mean());
        }
    }

    /** Looks at the picture itself, not at its name. */
    public static Verdict judge(Path file) throws IOException {
        try (SourcePicture picture = SourcePicture.open(file)) {
            Brightness brightness = Brightness.of(picture.pixels(SAMPLE_SIDE));
            int width = picture.width();
            int height = picture.height();
            return new Verdict(width, height, brightness, objection(width, height, brightness));
        }
    }

    static Optional<String> objection(int width, int height, Brightness brightness) {
        int shortSide = Math.min(width, height);
        int longSide = Math.max(width, height);
        if (shortSide < SHORTEST_SIDE)
            return Optional.of("too small: " + width + " x " + height + " pixels, at least " + SHORTEST_SIDE + " x "
                    + SHORTEST_SIDE + " wanted");
        if ((long) width * height > MOST_MEGAPIXELS * 1_000_000L)
            return Optional.of("too large: " + width + " x " + height + " pixels, at most " + MOST_MEGAPIXELS
                    + " megapixels allowed");
        if (longSide > LONGEST_SHAPE * shortSide)
            return Optional.of("too long: " + width + " x " + height + " pixels, at most 10 to 1 allowed");
        if (brightness.mean() < DARKEST)
            return Optional.of(String.format(
                    Locale.ROOT,
                    "too dark: its brightness is %.0f of 255, at least %.0f wanted",
                    brightness.mean(),
                    DARKEST));
        if (brightness.spread() < FLATTEST) return Optional.of("empty: all of it has one and the same brightness");
        return Optional.empty();
    }
}
