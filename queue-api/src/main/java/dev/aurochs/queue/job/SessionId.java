package dev.aurochs.queue.job;

import java.util.UUID;

/** Names one worker session; chosen by the client. */
public record SessionId(String value) {
    public static SessionId random() {
        return new SessionId(UUID.randomUUID().toString());
    }
}
