/** Runs a shell command for a job: feeds it, listens to it, and ends it with all that it started. */
@NullMarked
package dev.aurochs.cli.exec;

import org.jspecify.annotations.NullMarked;
