package dev.aurochs.tck.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started, and again.
 *
 * @param command the program and its arguments
 * @param environment added to that of this JVM
 * @param folder where it runs and keeps its data; deleted with it
 * @param port of 127.0.0.1
 * @param probe answered as soon as it is ready
 */
record Launch(List<String> command, Map<String, String> environment, Path folder, int port, Probe probe) {
    String name() {
        return Path.of(command.get(0)).getFileName().toString();
    }
}
