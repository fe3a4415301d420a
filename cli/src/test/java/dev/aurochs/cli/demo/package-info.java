/** The demo as a person meets it: run, killed, run again, on own and on other people's pictures. */
@NullMarked
package dev.aurochs.cli.demo;

import org.jspecify.annotations.NullMarked;
