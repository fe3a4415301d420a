/** How calls reach the server: connections, scripts, arguments, replies and what goes wrong on the way. */
@NullMarked
package dev.aurochs.redis.wire;

import org.jspecify.annotations.NullMarked;
