/** A backend that fails on purpose: what lies above it must lose nothing and recover by itself (rules B7, W9). */
@NullMarked
package dev.aurochs.tck.fault;

import org.jspecify.annotations.NullMarked;
