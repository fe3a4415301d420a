/** Small programs, each run by a test; the README's code comes from here. */
@NullMarked
package dev.aurochs.examples;

import org.jspecify.annotations.NullMarked;
