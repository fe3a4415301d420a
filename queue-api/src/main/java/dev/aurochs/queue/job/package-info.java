/** Values: what a job is, what can be said about it, and what can go wrong. Immutable and thread-safe throughout. */
@NullMarked
package dev.aurochs.queue.job;

import org.jspecify.annotations.NullMarked;
