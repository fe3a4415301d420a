/** The state machine of jobs, written once for every backend that brings a store. */
module dev.aurochs.engine {
    requires transitive dev.aurochs.queue;
    requires org.jspecify;

    exports dev.aurochs.engine;
    exports dev.aurochs.engine.store;
}
