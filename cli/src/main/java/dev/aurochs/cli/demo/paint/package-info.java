/** The pictures that the demo draws for those who bring none. The same bytes of colour at every run, no fonts. */
@NullMarked
package dev.aurochs.cli.demo.paint;

import org.jspecify.annotations.NullMarked;
