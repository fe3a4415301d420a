/** Aurochs and bullmq on the same queues. */
@NullMarked
package dev.aurochs.interop;

import org.jspecify.annotations.NullMarked;
