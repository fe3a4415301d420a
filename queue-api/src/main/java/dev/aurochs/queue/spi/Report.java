package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;

/** Something a running job says about itself. */
public sealed interface Report {
    Lease lease();

    record Progress(Lease lease, Json progress) implements Report {}

    record Log(Lease lease, String line) implements Report {}

    record Data(Lease lease, Json payload) implements Report {}
}
