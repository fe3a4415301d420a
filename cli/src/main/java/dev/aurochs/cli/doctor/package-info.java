/** {@code doctor}: looks at what Aurochs needs here and says what to do. */
@NullMarked
package dev.aurochs.cli.doctor;

import org.jspecify.annotations.NullMarked;
