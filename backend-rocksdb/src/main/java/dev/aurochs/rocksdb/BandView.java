package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.rocksdb.bytes.BandKey;

/** A band as it was at one moment: its first place and how many there were. */
record BandView(BandKey key, Place first, long count) {}
