package dev.aurochs.cli.demo.paint;

import java.util.List;

/** The twelve pictures that the demo draws itself: large and small, bright and dark, with and without alpha. */
public final class OwnSet {
    private OwnSet() {}

    /** In the order in which they are uploaded. */
    public static List<Drawing> drawings() {
        return List.of(
                new Drawing("lake.jpg", 3000, 2000, "A lake at noon", Landscapes::lake),
                new Drawing("dunes.jpg", 2000, 1333, "Dunes", Landscapes::dunes),
                new Drawing("sunrise.jpg", 1920, 1280, "Hills at sunrise", Landscapes::sunrise),
                new Drawing("forest.jpg", 1600, 2400, "A forest in the mist", Landscapes::forest),
                new Drawing("mosaic.png", 1400, 1400, "A tiled floor", Figures::mosaic),
                new Drawing("night.jpg", 1800, 1200, "A night without a moon", Landscapes::night),
                new Drawing("aurora.jpg", 2100, 1400, "Northern lights", Landscapes::aurora),
                new Drawing("bubbles.png", 1500, 1000, "Soap bubbles", Figures::bubbles),
                new Drawing("badge.png", 48, 48, "The head of an aurochs", Figures::badge),
                new Drawing("waves.jpg", 1600, 1200, "Waves upon waves", Figures::waves),
                new Drawing("planet.png", 1600, 1600, "A planet with rings", Figures::planet),
                new Drawing("panorama.jpg", 4200, 1200, "Mountains behind mountains", Landscapes::panorama));
    }
}
