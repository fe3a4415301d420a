/** Connections, topology, confirmed publishing: all that knows the AMQP client. */
@NullMarked
package dev.aurochs.rabbitmq.wire;

import org.jspecify.annotations.NullMarked;
