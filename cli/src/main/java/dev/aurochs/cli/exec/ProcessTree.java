package dev.aurochs.cli.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A started command with everything it started in turn. Thread-safe. */
final class ProcessTree {
    private static final Duration POLITE = Duration.ofSeconds(5);
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);
    private static final long STEP_MILLIS = 20;

    private final Process leader;
    private final boolean ownGroup;

    /** @param ownGroup true when the leader's process id is also the id of a group that is the command's alone */
    ProcessTree(Process leader, boolean ownGroup) {
        this.leader = leader;
        this.ownGroup = ownGroup;
    }

    /**
     * Sends SIGTERM to all of the tree, and SIGKILL to what is left after five seconds. When it returns nothing of the tree
     * runs any more. An interrupt does not shorten it; the flag is kept.
     */
    synchronized void end() {
        Set<ProcessHandle> members = members();
        if (members.isEmpty() && !groupLives()) return;
        signalGroup("TERM");
        members.forEach(ProcessHandle::destroy);
        if (gone(members, POLITE)) return;
        members.addAll(members());
        signalGroup("KILL");
        members.forEach(ProcessHandle::destroyForcibly);
        gone(members, LAST_LOOK);
    }

    private Set<ProcessHandle> members() {
        Set<ProcessHandle> members = new LinkedHashSet<>();
        if (leader.isAlive()) members.add(leader.toHandle());
        leader.descendants().forEach(members::add);
        return members;
    }

    private boolean gone(Set<ProcessHandle> members, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean interrupted = Thread.interrupted();
        boolean gone = false;
        while (!(gone = members.stream().noneMatch(ProcessTree::runs) && !groupLives())
                && System.nanoTime() < deadline) {
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return gone;
    }

    /** A process whose parent never asked for its exit code lingers in the process table, but runs no more. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) return false;
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            String line = Files.readString(stat);
            return !line.substring(line.lastIndexOf(')') + 1).stripLeading().startsWith("Z");
        } catch (IOException noProcFolder) {
            return process.isAlive();
        }
    }

    private boolean groupLives() {
        return ownGroup && kill("0");
    }

    private void signalGroup(String signal) {
        if (ownGroup) kill(signal);
    }

    private boolean kill(String signal) {
        try {
            Process kill = new ProcessBuilder(
                            "sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal, Long.toString(leader.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return waitFor(kill) == 0;
        } catch (IOException noShell) {
            return false;
        }
    }

    private static int waitFor(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(2, TimeUnit.SECONDS) ? process.exitValue() : 1;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
