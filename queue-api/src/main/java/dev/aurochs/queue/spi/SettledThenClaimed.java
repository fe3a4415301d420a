package dev.aurochs.queue.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The two answers of {@link Claims#settleAndClaim}. */
public record SettledThenClaimed(List<CompletionStage<Settled>> settled, Claimed claimed) {}
