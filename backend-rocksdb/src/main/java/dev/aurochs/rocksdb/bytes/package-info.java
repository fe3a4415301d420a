/** Keys and rows as bytes: what lies on the disk is decided here and nowhere else. */
@NullMarked
package dev.aurochs.rocksdb.bytes;

import org.jspecify.annotations.NullMarked;
