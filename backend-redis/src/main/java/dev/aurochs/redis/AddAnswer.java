package dev.aurochs.redis;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Reply;

/**
 * What a script says of a job that was to be added: a verdict and what it is about, or the id alone, as of most: it was
 * stored.
 */
record AddAnswer(Keys keys) {
    Added read(Reply answer) {
        if (!answer.isList()) return new Added.Stored(JobId.of(answer.text()));
        String subject = answer.subject();
        return switch (answer.verdict()) {
            case "stored" -> new Added.Stored(JobId.of(subject));
            case "already-there" -> new Added.AlreadyThere(JobId.of(subject));
            case "deduplicated" -> new Added.Deduplicated(JobId.of(subject));
            case "no-such-parent" -> new Added.NoSuchParent(parent(subject));
            case "other-parent" -> new Added.OtherParent(parent(subject));
            default -> new Added.NotStored();
        };
    }

    private JobRef parent(String key) {
        return keys.jobAt(key)
                .orElseThrow(() -> new IllegalStateException("the parent " + key + " is under another prefix"));
    }
}
