package dev.aurochs.cli.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads a command's standard error: shows it line by line and keeps the last of it as the reason of a failure. */
final class ErrorLines implements Runnable {
    private static final int REASON_CHARACTERS = 2_000;
    private static final int LONGEST_LINE = 8_192;

    private final InputStream stderr;
    private final Consumer<String> shown;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();

    ErrorLines(InputStream stderr, Consumer<String> shown) {
        this.stderr = stderr;
        this.shown = shown;
    }

    @Override
    public void run() {
        char[] chunk = new char[LONGEST_LINE];
        try (Reader reader = new InputStreamReader(stderr, StandardCharsets.UTF_8)) {
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk)) take(chunk, read);
        } catch (IOException closedUnderway) {
            // The command is gone; what was read until now is all there is.
        }
        if (line.length() > 0) showLine();
    }

    private void take(char[] chunk, int length) {
        synchronized (tail) {
            tail.append(chunk, 0, length);
            if (tail.length() > 4 * REASON_CHARACTERS) tail.delete(0, tail.length() - 2 * REASON_CHARACTERS);
        }
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') showLine();
            else line.append(chunk[i]);
            if (line.length() >= LONGEST_LINE) showLine();
        }
    }

    private void showLine() {
        shown.accept(line.toString().stripTrailing());
        line.setLength(0);
    }

    /** The last 2,000 characters until now, without blanks at the end; empty when there was nothing. */
    String reason() {
        synchronized (tail) {
            String text = tail.toString().stripTrailing();
            int from = Math.max(0, text.length() - REASON_CHARACTERS);
            if (from > 0 && Character.isLowSurrogate(text.charAt(from))) from++;
            return text.substring(from);
        }
    }
}
