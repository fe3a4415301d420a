/** Jobs on Redis, in BullMQ 6's data layout. */
@NullMarked
package dev.aurochs.redis;

import org.jspecify.annotations.NullMarked;
