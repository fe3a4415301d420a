package dev.aurochs.cli.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A started command with everything it started in turn. Thread-safe. */
final class ProcessTree {
    private static final Duration POLITE = Duration.ofSeconds(5);
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);
    private static final long STEP_MILLIS = 20;
    private static final boolean HAS_PROC = Files.exists(Path.of("/proc/self/stat"));

    private final Process leader;
    private final boolean ownGroup;

    /** @param ownGroup true when the leader's process id is also the id of a group that is the command's alone */
    ProcessTree(Process leader, boolean ownGroup) {
        this.leader = leader;
        this.ownGroup = ownGroup;
    }

    /**
     * Sends SIGTERM to all of the tree, and SIGKILL to what is left after five seconds. When it returns, nothing of the
     * tree runs any more. An interrupt does not shorten it; the flag is kept.
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

    private static boolean runs(ProcessHandle process) {
        if (!HAS_PROC) return process.isAlive();
        return stat(process.pid()).filter(Stat::runs).isPresent();
    }

    private boolean groupLives() {
        if (!ownGroup) return false;
        if (!HAS_PROC) return kill("0");
        return ProcessHandle.allProcesses()
                .flatMap(process -> stat(process.pid()).stream())
                .anyMatch(stat -> stat.group() == leader.pid() && stat.runs());
    }

    /** What Linux says of a process. */
    private record Stat(String state, long group) {
        /** A process whose parent never asked for its exit code lingers in the table, but runs no more. */
        boolean runs() {
            return !state.equals("Z") && !state.equals("X");
        }
    }

    private static Optional<Stat> stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new Stat(fields[0], Long.parseLong(fields[2])));
        } catch (IOException gone) {
            return Optional.empty();
        }
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
