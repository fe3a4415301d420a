package dev.aurochs.cli.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How commands are started: by {@code sh -c}, away from the terminal's foreground group, so that a Ctrl-C meant for the
 * worker does not reach them. With {@code setsid} on the PATH each command leads a process group of its own, through
 * which stragglers can be ended too; elsewhere it starts with SIGINT ignored.
 */
public final class Shell {
    private static final String IGNORING_INTERRUPTS = "trap '' INT; exec sh -c \"$1\"";

    private final String command;
    private final boolean ownGroups;

    private Shell(String command, boolean ownGroups) {
        this.command = command;
        this.ownGroups = ownGroups;
    }

    /** The way of this machine, going by its PATH. */
    public static Shell of(String command, Map<String, String> environment) {
        return new Shell(command, onPath("setsid", environment.getOrDefault("PATH", "")));
    }

    /** The arguments of the process that runs the command. */
    List<String> arguments() {
        return ownGroups
                ? List.of("setsid", "sh", "-c", command)
                : List.of("sh", "-c", IGNORING_INTERRUPTS, "sh", command);
    }

    /** True when a started command's process id is also its group's. */
    boolean ownGroups() {
        return ownGroups;
    }

    private static boolean onPath(String program, String path) {
        List<Path> places = new ArrayList<>();
        for (String folder : path.split(File.pathSeparator))
            places.add(Path.of(folder).resolve(program));
        return places.stream().anyMatch(Files::isExecutable);
    }
}
