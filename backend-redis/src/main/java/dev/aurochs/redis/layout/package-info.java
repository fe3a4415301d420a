/** BullMQ's names: keys, fields, options and events. No other Java code of this module spells them. */
@NullMarked
package dev.aurochs.redis.layout;

import org.jspecify.annotations.NullMarked;
