/** {@code work}: workers whose processor is a shell command, and how they come to an end. */
@NullMarked
package dev.aurochs.cli.work;

import org.jspecify.annotations.NullMarked;
