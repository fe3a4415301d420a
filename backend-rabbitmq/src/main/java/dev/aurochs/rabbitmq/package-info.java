/** Jobs on a stock RabbitMQ: its queues keep them, its consumers share them out. */
@NullMarked
package dev.aurochs.rabbitmq;

import org.jspecify.annotations.NullMarked;
