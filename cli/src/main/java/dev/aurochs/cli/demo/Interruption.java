package dev.aurochs.cli.demo;

/**
 * What happens on Ctrl-C: the JVM ends, with exit code 130, once this has run. A kill -9 skips it, as it skips
 * everything.
 */
final class Interruption {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** From now on a signal runs {@code stop} before the JVM ends. */
    static Interruption arm(Runnable stop) {
        Thread hook = new Thread(stop, "aurochs-demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** Takes it back. Answers false when a signal came first; then it has run when this returns. */
    boolean disarm() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return true;
        } catch (IllegalStateException ending) {
            await();
            return false;
        }
    }

    private void await() {
        try {
            hook.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
