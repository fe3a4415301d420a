package dev.aurochs.rabbitmq.flow;

import dev.aurochs.rabbitmq.wire.Line;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.Topology;

/**
 * What the parts of flows share.
 *
 * @param line where messages are consumed
 * @param publisher for units and replies
 */
record Means(Line line, Publisher publisher, Topology topology, Ledgers ledgers, FlowHost host, Steps steps) {}
