package dev.aurochs.tck.server;

import java.io.IOException;

/** A JVM of its own that starts a Redis server and does not close it. Ends when it reads a line, if nobody kills it. */
final class ServerOwner {
    private ServerOwner() {}

    public static void main(String[] arguments) throws IOException {
        RedisServer server = RedisServer.startPrivate(RedisServer.Journal.ALWAYS);
        System.out.println(Wire.ask(server, "CONFIG GET dir").get(1));
        System.in.read();
    }
}
