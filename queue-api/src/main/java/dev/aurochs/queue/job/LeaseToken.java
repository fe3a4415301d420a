package dev.aurochs.queue.job;

import java.util.UUID;

/** Names one claim call. Fresh for every call; {@code "0"} is refused, because it means "no lock" on a shared wire. */
public record LeaseToken(String value) {
    public LeaseToken {
        InvalidInputException.unless(
                value != null && !value.isEmpty() && !value.equals("0"),
                "lease token",
                value,
                "must be fresh, and not \"0\"");
    }

    public static LeaseToken random() {
        return new LeaseToken(UUID.randomUUID().toString());
    }
}
