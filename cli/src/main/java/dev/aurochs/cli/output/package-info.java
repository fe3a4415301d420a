/** What is printed: tables and times for people, JSON for programs. */
@NullMarked
package dev.aurochs.cli.output;

import org.jspecify.annotations.NullMarked;
