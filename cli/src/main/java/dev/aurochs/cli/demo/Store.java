package dev.aurochs.cli.demo;

/**
 * Where the demo keeps its jobs.
 *
 * @param address as it can be shown and stored: without any password
 * @param isOwn true for the store in the demo's own folder, which nobody else uses
 * @param isGuarded true when the address that was given has a user or password, which {@code address} leaves out
 */
record Store(String address, boolean isOwn, boolean isGuarded) {}
