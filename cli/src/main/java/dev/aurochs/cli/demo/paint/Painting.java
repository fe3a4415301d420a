package dev.aurochs.cli.demo.paint;

/** How one picture is drawn. */
@FunctionalInterface
interface Painting {
    void paint(Brush brush);
}
