package dev.aurochs.interop;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.interop.node.NodePeer;
import dev.aurochs.interop.node.NodePeers;
import dev.aurochs.tck.server.RedisServer;
import java.util.EnumMap;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** What all tests share: the server, and one peer of each release for as long as it lives. Thread-safe. */
final class World implements AutoCloseable {
    static final String PREFIX = "bull";

    final String address = RedisServer.shared().address();
    final RedisClient redis = RedisClient.create(address);
    private final Map<BullMq, NodePeer> peers = new EnumMap<>(BullMq.class);

    /** The peer of this release, started anew when it has ended. */
    synchronized NodePeer peer(BullMq release) {
        NodePeer peer = peers.get(release);
        if (peer != null && peer.isAlive()) return peer;
        NodePeer fresh = NodePeers.start(release, address);
        peers.put(release, fresh);
        return fresh;
    }

    /** Closes everything that tests left open in the peers. */
    synchronized void reset() {
        for (NodePeer peer : peers.values()) if (peer.isAlive()) peer.ask("reset");
    }

    @Override
    public synchronized void close() {
        peers.values().forEach(NodePeer::close);
        redis.close();
    }
}
