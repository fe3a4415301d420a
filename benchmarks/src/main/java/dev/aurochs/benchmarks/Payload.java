package dev.aurochs.benchmarks;

import dev.aurochs.queue.job.Json;

/** What every benchmark job carries: 200 bytes of JSON. */
final class Payload {
    static final Json JSON = new Json("{\"text\":\"" + "x".repeat(189) + "\"}");

    private Payload() {}
}
