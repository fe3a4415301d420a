package dev.aurochs.redis;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import redis.clients.jedis.Protocol;

/** What of the jobs is lost when a server fails. */
final class ServerDurability {
    private static final String SUBJECT = HealthNote.DURABILITY;
    private static final String KEEP_A_LOG = "CONFIG SET appendonly yes, and the same in redis.conf";

    private final Wire wire;
    private final ServerFacts facts;
    private final Instant now;

    ServerDurability(Wire wire, ServerFacts facts, Instant now) {
        this.wire = wire;
        this.facts = facts;
        this.now = now;
    }

    HealthNote note() {
        return facts.number("aof_enabled") == 1 ? appendOnly() : snapshots();
    }

    private HealthNote appendOnly() {
        if (!facts.text("aof_last_write_status", "ok").equals("ok"))
            return HealthNote.broken(
                    SUBJECT,
                    "the append-only file cannot be written: it takes no jobs",
                    "make room on the server's disk");
        return switch (setting("appendfsync")) {
            case "always" ->
                HealthNote.good(
                        SUBJECT, "an added job is on the server's disk when the add answers (appendfsync always)");
            case "everysec" ->
                HealthNote.risky(
                        SUBJECT,
                        "up to the last second is lost when the server is killed or its machine fails"
                                + " (appendfsync everysec)",
                        "if that must not happen: CONFIG SET appendfsync always, and the same in redis.conf");
            case "no" ->
                HealthNote.risky(
                        SUBJECT,
                        "what the operating system has not written yet is lost when the machine fails (appendfsync no)",
                        "CONFIG SET appendfsync everysec or always, and the same in redis.conf");
            default ->
                HealthNote.risky(
                        SUBJECT,
                        "there is an append-only file; how soon it is on disk, the server does not tell this user",
                        "ask whoever runs it for its appendfsync");
        };
    }

    private HealthNote snapshots() {
        String save = setting("save");
        if (save.isEmpty())
            return HealthNote.risky(
                    SUBJECT, "nothing is kept on disk: all jobs are lost when the server ends", KEEP_A_LOG);
        String lost = "all since the last snapshot is lost when the server is killed or its machine fails: "
                + facts.number("rdb_changes_since_last_save") + " changes, " + sinceLastSave();
        if (facts.text("rdb_last_bgsave_status", "ok").equals("ok")) return HealthNote.risky(SUBJECT, lost, KEEP_A_LOG);
        return HealthNote.risky(
                SUBJECT, "the last snapshot failed, and the server may refuse jobs; " + lost, "see the server's log");
    }

    private String sinceLastSave() {
        Instant saved = Instant.ofEpochSecond(facts.number("rdb_last_save_time"));
        return Duration.between(saved, now).toMinutes() + " min";
    }

    /** As the server has it now; "?" when it does not tell this user. */
    private String setting(String name) {
        try {
            return wire.command(Protocol.Command.CONFIG, "GET", name).at(1).text();
        } catch (BackendUnavailableException secret) {
            return "?";
        }
    }
}
