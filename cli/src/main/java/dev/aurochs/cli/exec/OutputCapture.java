package dev.aurochs.cli.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a command's standard output to its end and keeps as much as a result may have. */
final class OutputCapture implements Runnable {
    private static final int CHUNK = 8_192;

    private final InputStream stdout;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean overflowed;

    /** @param limit how many bytes a result may have */
    OutputCapture(InputStream stdout, int limit) {
        this.stdout = stdout;
        this.limit = limit;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = stdout.read(chunk); read >= 0; read = stdout.read(chunk)) keep(chunk, read);
        } catch (IOException closedUnderway) {
            // The command is gone; what was read until now is its output.
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        int room = limit + CHUNK - kept.size();
        kept.write(chunk, 0, Math.min(length, room));
        overflowed |= length > room;
    }

    /** What was written until now, without line breaks at its end. */
    synchronized String text() {
        String text = kept.toString(StandardCharsets.UTF_8);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) end--;
        return text.substring(0, end);
    }

    /** True when more was written than is kept. */
    synchronized boolean overflowed() {
        return overflowed;
    }
}
