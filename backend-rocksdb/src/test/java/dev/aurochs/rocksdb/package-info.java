@NullMarked
package dev.aurochs.rocksdb;

import org.jspecify.annotations.NullMarked;
