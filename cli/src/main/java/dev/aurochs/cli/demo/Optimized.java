package dev.aurochs.cli.demo;

/**
 * The result of optimize-size.
 *
 * @param file the name to publish it under
 * @param before the size of the original in bytes
 * @param after its size now
 * @param width in pixels
 * @param height in pixels
 */
record Optimized(String file, long before, long after, int width, int height) {}
