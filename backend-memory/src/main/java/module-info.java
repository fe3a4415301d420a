/** Jobs in the heap of one JVM: the addresses {@code memory:} and {@code memory:NAME}. */
module dev.aurochs.memory {
    requires transitive dev.aurochs.queue;
    requires dev.aurochs.engine;
    requires org.jspecify;

    provides dev.aurochs.queue.spi.QueueBackendProvider with
            dev.aurochs.memory.MemoryBackendProvider;
}
