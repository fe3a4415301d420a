/** What a job and an event look like as messages. */
@NullMarked
package dev.aurochs.rabbitmq.message;

import org.jspecify.annotations.NullMarked;
