package dev.aurochs.queue.spi;

import java.util.List;
import java.util.Set;

/**
 * What a backend says about itself.
 *
 * @param name what people call it: {@code memory}
 * @param address where it is, without any password
 * @param threads the threads it keeps while open, by name; gone after close
 */
public record BackendInfo(
        String name, String address, Set<Capability> capabilities, Traits traits, Limits limits, List<String> threads) {
    public BackendInfo {
        capabilities = Set.copyOf(capabilities);
        threads = List.copyOf(threads);
    }

    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Throws {@link UnsupportedCapabilityException} unless the backend has it; {@code instead} says what to do. */
    public void require(Capability capability, String instead) {
        if (!has(capability)) throw new UnsupportedCapabilityException(capability, name, instead);
    }
}
