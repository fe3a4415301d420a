package dev.aurochs.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What jobs cost: microseconds passed, and microseconds of all processors that this process used, its native threads
 * too.
 */
final class CostMeter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long jobs;
    private long nanos;
    private long processorNanos;

    void measure(int jobs, Runnable work) {
        long processor = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        nanos += System.nanoTime() - begin;
        processorNanos += SYSTEM.getProcessCpuTime() - processor;
        this.jobs += jobs;
    }

    /** What a job costs here and there together; both measured as many. */
    CostMeter and(CostMeter other) {
        CostMeter sum = new CostMeter();
        sum.jobs = jobs;
        sum.nanos = nanos + other.nanos;
        sum.processorNanos = processorNanos + other.processorNanos;
        return sum;
    }

    /** This one, the other one, and how many times the other this one is. */
    String beside(CostMeter other) {
        return String.format(
                Locale.ROOT,
                "%5.1f / %5.1f ×%.2f (%5.1f / %5.1f ×%.2f)",
                micros(nanos),
                other.micros(other.nanos),
                micros(nanos) / other.micros(other.nanos),
                micros(processorNanos),
                other.micros(other.processorNanos),
                micros(processorNanos) / other.micros(other.processorNanos));
    }

    private double micros(long total) {
        return total / 1e3 / jobs;
    }
}
