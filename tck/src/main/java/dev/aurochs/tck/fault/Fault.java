package dev.aurochs.tck.fault;

/** What may happen to a call on its way to a store. */
public enum Fault {
    /** It does not get there: NOT_APPLIED. */
    NOT_APPLIED,
    /** It is carried out, and its answer gets lost: UNKNOWN. */
    LOST_REPLY,
    /** It answers later; where it answers with stages, those complete later. */
    LATE,
    /** It is carried out twice, and the second answer counts. */
    TWICE
}
