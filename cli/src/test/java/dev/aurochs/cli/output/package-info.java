@NullMarked
package dev.aurochs.cli.output;

import org.jspecify.annotations.NullMarked;
