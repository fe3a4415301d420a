/**
 * The compatibility test kit: extend {@link dev.aurochs.tck.QueueBackendTck}, give it a
 * {@link dev.aurochs.tck.BackendFixture}, and every rule of {@code docs/semantics.md} is checked against your backend.
 */
@NullMarked
package dev.aurochs.tck;

import org.jspecify.annotations.NullMarked;
