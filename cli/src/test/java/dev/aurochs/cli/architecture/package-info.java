/** The house rules as tests: who may depend on whom, and how large a room may grow. */
@NullMarked
package dev.aurochs.cli.architecture;

import org.jspecify.annotations.NullMarked;
