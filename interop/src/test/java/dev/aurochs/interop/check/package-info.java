/** Reads the keys of a queue in Redis, and says what must not be. */
@NullMarked
package dev.aurochs.interop.check;

import org.jspecify.annotations.NullMarked;
