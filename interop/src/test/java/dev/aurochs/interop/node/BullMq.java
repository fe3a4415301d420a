package dev.aurochs.interop.node;

/** The releases of bullmq that the tests run with. */
public enum BullMq {
    OLDEST("6.0.0"),
    NEWEST("6.7.0");

    private final String version;

    BullMq(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }

    String folder() {
        return "bullmq-" + version;
    }

    @Override
    public String toString() {
        return "bullmq " + version;
    }
}
