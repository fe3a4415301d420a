/** The rules of the portable layer, one spec per behaviour: workers and producers over any backend, in real time. */
@NullMarked
package dev.aurochs.tck.spec.worker;

import org.jspecify.annotations.NullMarked;
