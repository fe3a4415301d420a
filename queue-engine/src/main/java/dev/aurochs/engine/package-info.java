/**
 * The state machine of jobs: each step of a job's life in a file of its own, over the rows of
 * {@link dev.aurochs.engine.store}.
 */
@NullMarked
package dev.aurochs.engine;

import org.jspecify.annotations.NullMarked;
