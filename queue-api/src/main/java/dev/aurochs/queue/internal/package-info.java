/** The loops behind the public classes. Not exported; sees values and the SPI, never a processor or a codec. */
@NullMarked
package dev.aurochs.queue.internal;

import org.jspecify.annotations.NullMarked;
