/** Durable jobs on one machine, in RocksDB: opened by {@code rocksdb:PATH}. */
@NullMarked
package dev.aurochs.rocksdb;

import org.jspecify.annotations.NullMarked;
