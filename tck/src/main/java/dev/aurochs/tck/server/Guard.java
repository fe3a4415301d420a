package dev.aurochs.tck.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Kills a process and removes its folder when this JVM is gone without a word, as after {@code kill -9}: a shell that
 * reads from a pipe of this JVM, which then ends.
 */
final class Guard implements AutoCloseable {
    private static final String SCRIPT =
            "trap '' INT TERM HUP; read -r word; [ \"$word\" = done ] || { kill -9 \"$1\"; rm -rf \"$2\"; }";

    private final Process shell;

    Guard(long pid, Path folder) {
        try {
            shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "guard", Long.toString(pid), folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start /bin/sh", refused);
        }
    }

    /** The process has ended and nothing is to be guarded any more. */
    @Override
    public void close() {
        try (OutputStream pipe = shell.getOutputStream()) {
            pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            shell.destroyForcibly();
        }
    }
}
