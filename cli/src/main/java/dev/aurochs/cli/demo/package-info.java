/**
 * The demo: pictures go through flows of {@code upload} over {@code optimize-size}, {@code check-term} and
 * {@code check-policy}, on the public API alone. Killed at any moment and started again, it carries on.
 */
@NullMarked
package dev.aurochs.cli.demo;

import org.jspecify.annotations.NullMarked;
