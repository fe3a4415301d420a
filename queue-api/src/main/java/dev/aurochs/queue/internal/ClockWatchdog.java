package dev.aurochs.queue.internal;

import dev.aurochs.queue.testing.MutableTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A watchdog without a thread: it looks at a clock that is moved when it is moved, in the thread that moves it. */
final class ClockWatchdog implements Watchdog {
    private record Alarm(Instant due, Runnable action) {}

    private final InstantSource time;
    private final List<Alarm> alarms = new ArrayList<>();
    private final Runnable look = this::look;

    private ClockWatchdog(InstantSource time) {
        this.time = time;
    }

    /** On any other clock than a {@link MutableTime} it sleeps for ever. */
    static ClockWatchdog of(InstantSource time) {
        ClockWatchdog watchdog = new ClockWatchdog(time);
        if (time instanceof MutableTime movable) movable.onAdvance(watchdog.look);
        return watchdog;
    }

    @Override
    public synchronized Runnable after(Duration span, Runnable action) {
        Alarm alarm = new Alarm(time.instant().plus(span), action);
        alarms.add(alarm);
        return () -> callOff(alarm);
    }

    private void look() {
        Instant now = time.instant();
        List<Alarm> due = new ArrayList<>();
        synchronized (this) {
            for (Alarm alarm : alarms) if (!alarm.due().isAfter(now)) due.add(alarm);
            alarms.removeAll(due);
        }
        due.sort(Comparator.comparing(Alarm::due));
        due.forEach(alarm -> alarm.action().run());
    }

    private synchronized void callOff(Alarm alarm) {
        alarms.remove(alarm);
    }

    @Override
    public void close() {
        if (time instanceof MutableTime movable) movable.forget(look);
        synchronized (this) {
            alarms.clear();
        }
    }
}
