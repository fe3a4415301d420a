/** An SLF4J provider that can listen: every level is on, and warnings still go to the console. */
@NullMarked
package dev.aurochs.memory.log;

import org.jspecify.annotations.NullMarked;
