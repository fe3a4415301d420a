/**
 * The storage seam: typed rows, read and written inside one step at a time. A store knows nothing about jobs' lives;
 * the
 * engine knows nothing about bytes.
 */
@NullMarked
package dev.aurochs.engine.store;

import org.jspecify.annotations.NullMarked;
