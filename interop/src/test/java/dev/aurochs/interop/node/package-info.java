/** Programs on Node that use bullmq, and how tests talk to them. */
@NullMarked
package dev.aurochs.interop.node;

import org.jspecify.annotations.NullMarked;
