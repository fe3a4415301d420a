/** Cron expressions in the dialect of BullMQ's users. */
@NullMarked
package dev.aurochs.queue.internal.cron;

import org.jspecify.annotations.NullMarked;
