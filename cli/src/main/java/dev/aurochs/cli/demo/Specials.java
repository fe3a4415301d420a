package dev.aurochs.cli.demo;

/**
 * Which pictures of a run meet something special. Follows from their numbers alone.
 *
 * @param pictures how many the run has
 */
record Specials(int pictures) {
    /** How often the term service does not answer for this picture before it does. */
    int outages(int number) {
        if (pictures == 1) return 1;
        return switch (number) {
            case 1, 9 -> 1;
            case 4 -> 2;
            default -> 0;
        };
    }

    /** True for the one picture whose optimize-size is delayed. */
    boolean isDelayed(int number) {
        return number == Math.min(2, pictures - 1);
    }

    /** True for the one picture that is uploaded last and checked first. */
    boolean isUrgent(int number) {
        return pictures > 3 && number == pictures - 1;
    }
}
