package dev.aurochs.cli;

import dev.aurochs.cli.input.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** {@code --yes} and {@code --dry-run}, of commands that remove many jobs for good. */
final class ConfirmOptions {
    @Option(names = "--yes", order = 70, description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", order = 71, description = "Only print how many jobs it would be; change nothing.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    /** Refuses what could be neither asked nor was confirmed; to be called before a store is opened. */
    void require(String command, Surroundings world) {
        if (!yes && !dryRun && !world.asks())
            throw new UsageException(command + " removes jobs for good and cannot ask without a terminal;"
                    + " confirm with --yes, or look with --dry-run");
    }

    /** True when the question was answered with yes, on the command line or now. */
    boolean agreed(String question, Surroundings world) throws IOException {
        if (yes) return true;
        world.err().print(question + " [y/N] ");
        world.err().flush();
        String answer = new BufferedReader(new InputStreamReader(world.in(), StandardCharsets.UTF_8)).readLine();
        boolean agreed = answer != null && answer.strip().matches("(?i)y|yes");
        if (!agreed) world.err().println("nothing was removed");
        return agreed;
    }
}
