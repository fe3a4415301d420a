package dev.aurochs.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Remembers what a step replaced, so that a step that throws leaves nothing behind. */
final class UndoLog {
    private final List<Runnable> undos = new ArrayList<>();

    <K, V> void put(Map<K, V> map, K key, V value) {
        restoreLater(map, key, map.put(key, value));
    }

    <K, V> void remove(Map<K, V> map, K key) {
        restoreLater(map, key, map.remove(key));
    }

    void add(Runnable undo) {
        undos.add(undo);
    }

    /** Undoes everything, the newest first. */
    void undo() {
        for (int i = undos.size() - 1; i >= 0; i--) undos.get(i).run();
        undos.clear();
    }

    void forget() {
        undos.clear();
    }

    private <K, V> void restoreLater(Map<K, V> map, K key, @Nullable V before) {
        undos.add(() -> {
            if (before == null) map.remove(key);
            else map.put(key, Objects.requireNonNull(before));
        });
    }
}
