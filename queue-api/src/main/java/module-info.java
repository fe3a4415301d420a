/** Queue, Worker, FlowProducer and QueueEvents, the values they speak in, and the SPI that backends implement. */
module dev.aurochs.queue {
    requires transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports dev.aurochs.queue;
    exports dev.aurochs.queue.job;
    exports dev.aurochs.queue.spi;
    exports dev.aurochs.queue.testing;

    uses dev.aurochs.queue.spi.QueueBackendProvider;
}
