package dev.aurochs.interop.check;

/** What holds for the keys of a queue while no script runs. */
public enum Invariant {
    ONE_PLACE("a job is in one container, once"),
    HAS_RECORD("every id in a container has a job hash"),
    NO_ORPHAN("every job hash and every key of a job belongs to an id in a container"),
    RUNNING_IS_LOCKED("every active job has a lock"),
    LOCK_IS_RUNNING("every lock belongs to an active job"),
    PENDING_CHILD("a pending child exists, has not completed and points back at its parent"),
    PARENT_WAITS("a parent in waiting-children waits for somebody"),
    DEDUPLICATION_OWNER("a deduplication key that does not expire belongs to an unfinished job"),
    SCHEDULE_GOES_ON("the present job of a scheduler exists and is unfinished, unless it was the last"),
    WAKE("runnable jobs have the marker 0"),
    DELAY_WAKE("delayed jobs have the marker 1"),
    ENCODING("fields are written as others read them"),
    SCORE("scores say what the hash says"),
    EVENTS("events have the fields that listeners read"),
    KNOWN_KEYS("the queue has no keys that nobody knows");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return name() + " (" + words + ")";
    }
}
