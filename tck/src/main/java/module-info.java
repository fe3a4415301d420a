/** The compatibility test kit. Open to JUnit, which finds and calls what the specs declare. */
open module dev.aurochs.tck {
    requires transitive dev.aurochs.queue;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires org.junit.jupiter.params;
    requires org.jspecify;

    exports dev.aurochs.tck;
    exports dev.aurochs.tck.server;
}
