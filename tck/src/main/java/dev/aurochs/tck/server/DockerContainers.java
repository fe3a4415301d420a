package dev.aurochs.tck.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** The one class that knows Testcontainers. It is loaded by name, since not everybody has it. */
final class DockerContainers implements Containers {
    private static final String SOCKET = "/var/run/docker.sock";
    private static final long PATIENCE_SECONDS = 60;
    private static final long ROUND_MILLIS = 20;

    @Override
    public Optional<Runner> started(String image, int port, List<String> command, Probe probe) {
        return engineAnswers() ? Optional.of(container(image, port, command, probe)) : Optional.empty();
    }

    /** Where there is neither a socket nor an address nobody is asked, since a refusal is logged as an error. */
    private static boolean engineAnswers() {
        boolean named = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of(SOCKET));
        return named && DockerClientFactory.instance().isDockerAvailable();
    }

    /** The port outside is chosen here: one that the engine chooses is another after each start. */
    private static Runner container(String image, int inside, List<String> command, Probe probe) {
        int outside = Programs.freePort();
        PortBinding binding = new PortBinding(Ports.Binding.bindPort(outside), new ExposedPort(inside));
        @SuppressWarnings("resource") // the Container closes it
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(inside)
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(create -> create.getHostConfig().withPortBindings(binding))
                .waitingFor(new Answer(outside, probe));
        container.start();
        return new Container(container, outside, probe);
    }

    private static void awaitAnswer(String host, int port, Probe probe) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!probe.answers(host, port)) {
            if (System.nanoTime() - deadline >= 0)
                throw new ServerMissing("the container does not answer on " + host + ":" + port);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS));
        }
    }

    private static final class Answer extends AbstractWaitStrategy {
        private final int port;
        private final Probe probe;

        Answer(int port, Probe probe) {
            this.port = port;
            this.probe = probe;
        }

        @Override
        protected void waitUntilReady() {
            awaitAnswer(waitStrategyTarget.getHost(), port, probe);
        }
    }

    private record Container(GenericContainer<?> container, int port, Probe probe) implements Runner {
        @Override
        public String host() {
            return container.getHost();
        }

        @Override
        public void start() {
            engine().startContainerCmd(id()).exec();
            awaitAnswer(host(), port, probe);
        }

        @Override
        public void stop() {
            try {
                engine().stopContainerCmd(id()).exec();
            } catch (NotModifiedException stopped) {
                // It was not running.
            }
        }

        @Override
        public void kill() {
            if (container.isRunning()) engine().killContainerCmd(id()).exec();
        }

        @Override
        public void suspend() {
            engine().pauseContainerCmd(id()).exec();
        }

        @Override
        public void resume() {
            engine().unpauseContainerCmd(id()).exec();
        }

        @Override
        public void close() {
            container.stop();
        }

        private DockerClient engine() {
            return container.getDockerClient();
        }

        private String id() {
            return container.getContainerId();
        }
    }
}
