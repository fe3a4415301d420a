/** Jobs in the heap: for tests, and for work that may be lost with the process. */
@NullMarked
package dev.aurochs.memory;

import org.jspecify.annotations.NullMarked;
