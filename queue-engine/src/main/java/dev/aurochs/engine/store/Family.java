package dev.aurochs.engine.store;

/**
 * A parent's count of its children.
 *
 * @param known child rows that exist
 * @param pending children that have not finished
 * @param failed children whose failure fails this parent
 */
public record Family(int known, int pending, int failed) {
    public static final Family NONE = new Family(0, 0, 0);
}
