package dev.aurochs.cli.work;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM, taken from the JVM so that the second one can mean something else than the first. Thread-safe.
 *
 * <p>The JVM's own class for this is outside the standard library, so it is looked up by name; where it is missing, a
 * signal ends the process at once, as it does for any program.
 */
public final class StopSignals {
    private final boolean fromProcess;
    private final BlockingQueue<Stop> received = new LinkedBlockingQueue<>();

    /** What was asked for. */
    public enum Stop {
        INT(2),
        TERM(15);

        private final int number;

        Stop(int number) {
            this.number = number;
        }

        /** The exit code of a process that this signal cut short. */
        public int exitCode() {
            return 128 + number;
        }
    }

    private StopSignals(boolean fromProcess) {
        this.fromProcess = fromProcess;
    }

    /** The signals of this process, from the first {@link #listen} on. */
    public static StopSignals ofProcess() {
        return new StopSignals(true);
    }

    /** Signals that only {@link #raise} sends. */
    public static StopSignals byHand() {
        return new StopSignals(false);
    }

    /** From now on signals do not end the process but arrive here. */
    public void listen() {
        if (!fromProcess) return;
        for (Stop stop : Stop.values()) handle(stop);
    }

    /** As if the signal had come. */
    public void raise(Stop stop) {
        received.add(stop);
    }

    /** The next signal, waiting for it up to {@code atMost}. */
    public Optional<Stop> await(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(received.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void handle(Stop stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler raising = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) raise(stop);
                return method.getName().equals("hashCode") ? stop.number : null;
            };
            Object listener = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, raising);
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(null, signal.getConstructor(String.class).newInstance(stop.name()), listener);
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException missing) {
            throw new IllegalStateException("this Java cannot catch signals: " + missing, missing);
        } catch (IllegalAccessException | InvocationTargetException refused) {
            throw new IllegalStateException("cannot catch SIG" + stop + ": " + refused, refused);
        }
    }
}
