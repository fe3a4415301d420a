/** For tests of code that uses queues: a clock that moves, and a worker that works, when told. */
@NullMarked
package dev.aurochs.queue.testing;

import org.jspecify.annotations.NullMarked;
