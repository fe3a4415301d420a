package dev.aurochs.queue.spi;

/** How many jobs one call changed, and whether there may be more to do. */
public record Swept(long done, boolean more) {}
