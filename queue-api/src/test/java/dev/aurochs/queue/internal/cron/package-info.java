@NullMarked
package dev.aurochs.queue.internal.cron;

import org.jspecify.annotations.NullMarked;
