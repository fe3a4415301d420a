package dev.aurochs.rocksdb;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A disk that can be held at the moment before it makes things safe, and remembers how much of each log is. */
final class HeldDisk implements Disk {
    private final Disk sound;
    private final Path folder;
    private final ReentrantLock gate = new ReentrantLock();
    private final Map<String, Long> safe = new HashMap<>();

    HeldDisk(Disk sound, Path folder) {
        this.sound = sound;
        this.folder = folder;
    }

    /** Until {@link #release} nothing becomes safe. */
    void hold() {
        gate.lock();
    }

    void release() {
        gate.unlock();
    }

    @Override
    public void write(Changes changes) {
        sound.write(changes);
    }

    @Override
    public void flush(boolean sync) {
        gate.lock();
        try {
            sound.flush(sync);
            if (sync) for (LogFile log : LogFile.in(folder)) safe.put(log.name(), log.length());
        } finally {
            gate.unlock();
        }
    }

    /** Hands what is written to the operating system, where a power cut may take it; only while held. */
    void spill() {
        sound.flush(false);
    }

    /** How much of a log no power cut can take; only while held. */
    long safeLength(LogFile log) {
        return safe.getOrDefault(log.name(), 0L);
    }
}
