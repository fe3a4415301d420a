package dev.aurochs.cli;

/** Exit codes. After a signal that cut work short it is 128 + the signal's number instead. */
final class Exit {
    /** Done, also when there was nothing to do. */
    static final int DONE = 0;
    /** Not found, wrong state, unreachable, owned by another, refused, or one of several failed. */
    static final int FAILED = 1;
    /** Typed wrongly, or not confirmed; nothing was done. */
    static final int USAGE = 2;

    private Exit() {}
}
