package dev.aurochs.tck.server;

import java.util.List;
import java.util.Optional;

/** Containers, where Testcontainers is among the dependencies and a Docker engine answers. */
@FunctionalInterface
interface Containers {
    String IMPLEMENTATION = "dev.aurochs.tck.server.DockerContainers";

    /** Empty when there is no Docker engine. */
    Optional<Runner> started(String image, int port, List<String> command, Probe probe);

    /** Empty when there is no Docker engine or no Testcontainers. */
    static Optional<Runner> start(String image, int port, List<String> command, Probe probe) {
        return loaded().flatMap(containers -> containers.started(image, port, command, probe));
    }

    private static Optional<Containers> loaded() {
        try {
            return Optional.of((Containers)
                    Class.forName(IMPLEMENTATION).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError absent) {
            return Optional.empty();
        }
    }
}
