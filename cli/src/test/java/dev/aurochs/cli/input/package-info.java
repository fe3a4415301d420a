@NullMarked
package dev.aurochs.cli.input;

import org.jspecify.annotations.NullMarked;
