package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;

/** A reference to a job inside a row. */
final class RefCodec {
    private RefCodec() {}

    static void write(JobRef job, ByteWriter out) {
        out.text(job.queue().value()).text(job.id().value());
    }

    static JobRef read(ByteReader in) {
        return new JobRef(QueueName.of(in.text()), JobId.of(in.text()));
    }
}
