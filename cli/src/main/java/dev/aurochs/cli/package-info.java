/** The command line: one command a file, what they share beside it. */
@NullMarked
package dev.aurochs.cli;

import org.jspecify.annotations.NullMarked;
