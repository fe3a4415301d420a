/** Benchmarks: each prints what it measured; none asserts a time. {@code benchmarks/README.md} has the method. */
@NullMarked
package dev.aurochs.benchmarks;

import org.jspecify.annotations.NullMarked;
