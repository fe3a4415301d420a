package dev.aurochs.cli.demo;

import dev.aurochs.cli.output.Texts;
import java.io.PrintWriter;

/** One bar at the bottom, redrawn in place; lines that stay scroll away above it. */
final class BarView extends ProgressView {
    private static final int CELLS = 32;
    private static final String ERASE = "\r\033[K";

    private String bar = "";

    BarView(PrintWriter out) {
        super(out);
    }

    @Override
    synchronized void say(String line) {
        out().print(ERASE + Texts.oneLine(line) + System.lineSeparator() + bar);
        out().flush();
    }

    @Override
    synchronized void show(int done, int total, String noun) {
        int full = total == 0 ? CELLS : CELLS * done / total;
        bar = "  " + "█".repeat(full) + "░".repeat(CELLS - full) + "  " + done + " of " + total + " " + noun;
        out().print(ERASE + bar);
        out().flush();
    }

    @Override
    synchronized void end() {
        if (!bar.isEmpty()) out().print(ERASE);
        bar = "";
        out().flush();
    }
}
