/**
 * What a backend should do, said as plainly as possible: one list of jobs that is looked through for every question.
 * Slow, without a store, and written from the rules alone, so that it can disagree with an engine.
 */
@NullMarked
package dev.aurochs.tck.model;

import org.jspecify.annotations.NullMarked;
