package dev.aurochs.benchmarks;

/** The threads of callers that wait: virtual ones where the JVM has them, else those of the operating system. */
final class Callers {
    private static final int FIRST_WITH_VIRTUAL = 21;

    private Callers() {}

    static boolean areVirtual() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
    }

    static void start(Runnable caller) {
        if (areVirtual()) startVirtual(caller);
        else new Thread(caller).start();
    }

    private static void startVirtual(Runnable caller) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, caller);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this JVM should have virtual threads", changed);
        }
    }
}
