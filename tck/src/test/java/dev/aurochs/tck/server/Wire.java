package dev.aurochs.tck.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of the protocol as the tests of a server need. */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Wire(TestServer server) throws IOException {
        socket = new Socket(server.host(), server.port());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    static List<String> ask(TestServer server, String command) throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send(command);
            return wire.answer();
        }
    }

    void send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Texts without their lengths; simple answers with their sign. */
    List<String> answer() throws IOException {
        List<String> values = new ArrayList<>();
        String head = in.readLine();
        if (head == null) throw new IOException("the server has closed the connection");
        if (!head.startsWith("*")) {
            values.add(value(head));
            return values;
        }
        for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) values.add(value(in.readLine()));
        return values;
    }

    private String value(String head) throws IOException {
        if (!head.startsWith("$") || head.equals("$-1")) return head;
        char[] text = new char[Integer.parseInt(head.substring(1))];
        for (int read = 0; read < text.length; ) read += in.read(text, read, text.length - read);
        in.readLine();
        return new String(text);
    }

    boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in.mark(1);
            if (in.read() >= 0) in.reset();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
