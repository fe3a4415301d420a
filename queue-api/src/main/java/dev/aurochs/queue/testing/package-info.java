/** For tests of code that uses queues: a clock that moves when told. */
@NullMarked
package dev.aurochs.queue.testing;

import org.jspecify.annotations.NullMarked;
