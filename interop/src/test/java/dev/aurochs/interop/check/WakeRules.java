package dev.aurochs.interop.check;

/** Whether a worker that comes now, and waits, would learn of the jobs that are there. */
final class WakeRules {
    private WakeRules() {}

    static void check(QueueDump dump, Flaws flaws) {
        int running = size(dump, "active");
        String most = dump.meta.get("concurrency");
        boolean maxed = most != null && running >= Integer.parseInt(most);
        boolean paused = dump.meta.containsKey("paused");
        boolean runnable = size(dump, "wait") + size(dump, "prioritized") > 0;
        flaws.unless(
                paused || maxed || !runnable || dump.marker.containsKey("0"),
                Invariant.WAKE,
                dump.base,
                "jobs wait, and the marker is " + dump.marker);
        flaws.unless(
                size(dump, "delayed") == 0
                        || dump.marker.containsKey("1")
                        || dump.marker.containsKey("0")
                        || paused && runnable,
                Invariant.DELAY_WAKE,
                dump.base,
                "jobs are delayed, and the marker is " + dump.marker);
    }

    private static int size(QueueDump dump, String container) {
        return dump.containers.getOrDefault(container, java.util.List.of()).size();
    }
}
