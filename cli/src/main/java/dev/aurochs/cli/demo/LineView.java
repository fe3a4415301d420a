package dev.aurochs.cli.demo;

import dev.aurochs.cli.output.Texts;
import java.io.PrintWriter;

/** Plain lines, for logs and pipes: what is said, and a line of progress for every quarter of the way. */
final class LineView extends ProgressView {
    private static final int STEPS = 4;

    private String noun = "";
    private int shown;

    LineView(PrintWriter out) {
        super(out);
    }

    @Override
    synchronized void say(String line) {
        out().println(Texts.oneLine(line));
        out().flush();
    }

    @Override
    synchronized void show(int done, int total, String noun) {
        int step = total == 0 ? STEPS : STEPS * done / total;
        if (!noun.equals(this.noun)) shown = 0;
        if (step == shown) return;
        this.noun = noun;
        shown = step;
        say("  " + done + " of " + total + " " + noun);
    }

    @Override
    void end() {
        out().flush();
    }
}
