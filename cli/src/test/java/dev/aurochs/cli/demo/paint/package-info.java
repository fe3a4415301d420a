/** The pictures that the demo draws. */
@NullMarked
package dev.aurochs.cli.demo.paint;

import org.jspecify.annotations.NullMarked;
