package dev.aurochs.cli.demo;

import java.io.PrintWriter;

/** What a person sees while the demo runs. Thread-safe. */
abstract class ProgressView {
    private final PrintWriter out;

    ProgressView(PrintWriter out) {
        this.out = out;
    }

    /** A bar that is redrawn on a terminal; elsewhere plain lines. */
    static ProgressView on(PrintWriter out, boolean terminal) {
        return terminal ? new BarView(out) : new LineView(out);
    }

    PrintWriter out() {
        return out;
    }

    /** A line that stays. */
    abstract void say(String line);

    /** How far it is; {@code noun} says of what. */
    abstract void show(int done, int total, String noun);

    /** Nothing is drawn any more that would have to be redrawn. */
    abstract void end();
}
