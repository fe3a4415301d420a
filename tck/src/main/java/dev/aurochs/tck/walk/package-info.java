/**
 * Random walks: the same commands to a backend and to the list model, and every answer compared. A walk is a function
 * of its seed; where the two part, the commands are cut down to a short script.
 */
@NullMarked
package dev.aurochs.tck.walk;

import org.jspecify.annotations.NullMarked;
