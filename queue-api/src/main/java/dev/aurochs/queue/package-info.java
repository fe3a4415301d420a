/** The entry point {@link dev.aurochs.queue.Queues}, and what it hands out: queues, workers, flows and events. */
@NullMarked
package dev.aurochs.queue;

import org.jspecify.annotations.NullMarked;
