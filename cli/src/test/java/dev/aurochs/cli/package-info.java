/** The command line as people and scripts see it: the real main, its streams and its exit codes. */
@NullMarked
package dev.aurochs.cli;

import org.jspecify.annotations.NullMarked;
