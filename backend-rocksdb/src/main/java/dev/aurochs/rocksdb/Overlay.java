package dev.aurochs.rocksdb;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays a step's own rows over the stored ones while these pass by in key order: own rows come in between, replace
 * stored
 * ones, or hide them. Call {@link #end} behind the last stored row.
 */
final class Overlay implements RowSink {
    private final Iterator<Map.Entry<byte[], Optional<byte[]>>> own;
    private final int direction;
    private final RowSink sink;
    private Map.@Nullable Entry<byte[], Optional<byte[]>> next;
    private boolean enough;

    Overlay(NavigableMap<byte[], Optional<byte[]>> own, boolean backwards, RowSink sink) {
        this.own = (backwards ? own.descendingMap() : own).entrySet().iterator();
        this.direction = backwards ? -1 : 1;
        this.sink = sink;
        advance();
    }

    @Override
    public boolean accept(byte[] key, byte[] row) {
        while (!enough && next != null && order(next.getKey(), key) < 0) showOwn();
        if (enough) return false;
        if (next != null && order(next.getKey(), key) == 0) showOwn();
        else enough = !sink.accept(key, row);
        return !enough;
    }

    void end() {
        while (!enough && next != null) showOwn();
    }

    private void showOwn() {
        if (next == null) return;
        byte[] key = next.getKey();
        next.getValue().ifPresent(row -> enough = !sink.accept(key, row));
        advance();
    }

    private void advance() {
        next = own.hasNext() ? own.next() : null;
    }

    private int order(byte[] one, byte[] other) {
        return direction * Arrays.compareUnsigned(one, other);
    }
}
