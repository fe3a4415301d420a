/**
 * Real servers for tests: one that an environment variable names, else a container, else one started privately from a
 * program on the PATH. A test that finds none fails and says what to install; it is never skipped.
 */
@NullMarked
package dev.aurochs.tck.server;

import org.jspecify.annotations.NullMarked;
