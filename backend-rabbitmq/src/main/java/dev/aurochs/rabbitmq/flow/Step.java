package dev.aurochs.rabbitmq.flow;

/** Between which a process may die: each is reached when what its name says is done, and nothing that follows. */
public enum Step {
    /** The broker has the unit, nobody has begun to put its jobs in place. */
    ACCEPTED,
    /** A ledger is there and empty. */
    LEDGER_DECLARED,
    /** All parents of the unit are in their ledgers. */
    PARENTS_PARKED,
    /** The jobs without children are sent, and the unit is acknowledged, but neither is committed. */
    LEAVES_SENT,
    /** The unit is in place. */
    EXPANDED,
    /** A child that was added later is accepted, and its parent does not know of it yet. */
    JOIN_ACCEPTED,
    /** A parent knows of a child that was added later. */
    JOINED,
    /** How a child ended is in its parent's ledger. */
    RESULT_STORED,
    /** The ledger was counted. */
    COUNTED,
    /** A ledger is in hand, with all that is in it. */
    COLLECTED,
    /** A parent is claimable and still in its ledger. */
    RELEASED,
    /** A parent that was released early left a note in its ledger, beside itself. */
    NOTED,
    /** A parent was released and its ledger is gone. */
    LEDGER_DELETED,
    /** A ledger was put down without a release. */
    PUT_DOWN,
    /** A child's parent knows all; the child itself is not acknowledged. */
    TOLD,
    /** A running parent is in its ledger again, and still in hand. */
    PARKED_AGAIN,
    /** A parent has ended, its ledger is gone, and it is not acknowledged. */
    DROPPED
}
