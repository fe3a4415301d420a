package dev.aurochs.engine.store;

import java.util.concurrent.CompletionStage;

/**
 * The answer of a step, and when it is safe.
 *
 * @param safe completes when the step, and every step before it, has reached the store's ack level; in the order of the
 *     steps
 */
public record Written<T>(T answer, CompletionStage<Void> safe) {}
