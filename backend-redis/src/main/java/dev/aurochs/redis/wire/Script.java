package dev.aurochs.redis.wire;

import java.util.Locale;

/** The atomic steps that run in the server; {@code scripts/<name>.lua} says what each takes and answers. */
public enum Script {
    ADD,
    ADD_JOBS,
    CLAIM,
    SETTLE,
    RENEW,
    REPORT,
    ABANDON,
    CHILDREN,
    RECOVER_STALLED,
    CHAIN,
    PROMOTE,
    REPRIORITISE,
    RETRY,
    CANCEL,
    NOTE,
    LEAVE_PARENT,
    REMOVE_CHILDREN,
    REMOVE,
    CONFIGURE,
    DRAIN,
    CLEAN,
    RETRY_ALL,
    PROMOTE_ALL,
    OBLITERATE,
    FIND,
    LIST,
    COUNTS,
    SETTINGS,
    DEDUPLICATION_OWNER,
    RELEASE_DEDUPLICATION,
    FORGET_DEDUPLICATION,
    UPSERT_SCHEDULE,
    REMOVE_SCHEDULE,
    SCHEDULES;

    private final ScriptText text = ScriptText.load(name().toLowerCase(Locale.ROOT));

    ScriptText text() {
        return text;
    }
}
