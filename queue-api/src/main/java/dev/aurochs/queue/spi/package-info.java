/** What a backend implements. Users of the library never call it; {@code docs/writing-a-backend.md} explains it. */
@NullMarked
package dev.aurochs.queue.spi;

import org.jspecify.annotations.NullMarked;
