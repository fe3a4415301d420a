package dev.aurochs.engine.store;

import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * The part of a state row that only the engine needs.
 *
 * @param lane which line of its queue the job stands in; empty for the common one
 * @param addedPriority the priority it was added with, which never changes; a store may keep its body by it
 * @param seq its number in that line, drawn when it enters a place and kept until it leaves it
 * @param session the session that runs it, or null
 * @param token the token of the claim under which it runs, or null
 */
public record Standing(
        String lane,
        int addedPriority,
        long seq,
        @Nullable SessionId session,
        @Nullable LeaseToken token) {
    public static final String COMMON_LANE = "";

    public static Standing at(int addedPriority, long seq) {
        return new Standing(COMMON_LANE, addedPriority, seq, null, null);
    }

    public Standing movedTo(long seq) {
        return new Standing(lane, addedPriority, seq, null, null);
    }

    public Standing leased(long seq, SessionId session, LeaseToken token) {
        return new Standing(lane, addedPriority, seq, session, token);
    }
}
