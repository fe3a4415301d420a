@NullMarked
package dev.aurochs.rocksdb.bytes;

import org.jspecify.annotations.NullMarked;
