/** One file per behaviour. Every test names the rules it proves; {@code docs/semantics.md} has their words. */
@NullMarked
package dev.aurochs.tck.spec;

import org.jspecify.annotations.NullMarked;
