package dev.aurochs.redis.wire;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.QueueException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.util.List;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What goes wrong with the server, in the words of the SPI. */
final class Troubles {
    /** Refusals that pass; the server says so before it changes anything. */
    private static final List<String> PASSING = List.of(
            "LOADING", "BUSY", "READONLY", "OOM", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "NOREPLICAS");

    private static final List<String> CREDENTIALS = List.of("NOAUTH", "WRONGPASS");

    private Troubles() {}

    /** The server refused. */
    static QueueException refused(JedisDataException refusal, String address) {
        String message = String.valueOf(refusal.getMessage());
        if (CREDENTIALS.stream().anyMatch(message::startsWith) || message.contains("invalid username-password"))
            return new BackendUnavailableException(
                    address + " refuses the user or password; check them in the address", Outcome.NOT_APPLIED, refusal);
        if (message.startsWith("NOPERM"))
            return new BackendUnavailableException(
                    address + " does not let this user do that: " + message, Outcome.NOT_APPLIED, refusal);
        if (message.contains("does not support HELLO"))
            return new BackendUnavailableException(
                    address + " is older than Redis 6; Aurochs needs Redis 6.2 or newer", Outcome.NOT_APPLIED, refusal);
        if (message.contains("DB index is out of range"))
            return new BackendUnavailableException(
                    address + " has no such database; see its setting 'databases'", Outcome.NOT_APPLIED, refusal);
        if (PASSING.stream().anyMatch(message::startsWith))
            return new BackendUnavailableException(
                    address + " refuses for now: " + message, Outcome.NOT_APPLIED, refusal);
        if (message.contains("WRONGTYPE"))
            return new BackendCorruptException(
                    address + " holds something else under a key of the queue: " + message, refusal);
        return new BackendUnavailableException(
                address + " could not carry out a step: " + message, Outcome.UNKNOWN, refusal);
    }

    /** No connection could be had. */
    static BackendUnavailableException unreachable(JedisException failure, String address) {
        return new BackendUnavailableException(
                address + " cannot be reached: " + cause(failure) + hint(failure, address),
                Outcome.NOT_APPLIED,
                failure);
    }

    /** What is often the reason when the two sides do not agree on TLS. */
    private static String hint(Throwable failure, String address) {
        Throwable deepest = deepest(failure);
        boolean encrypted = address.startsWith("rediss:");
        if (encrypted && deepest instanceof CertPathBuilderException)
            return " (its certificate is not trusted here; Java's javax.net.ssl.trustStore says which are)";
        if (encrypted && (deepest instanceof SSLException || deepest instanceof SocketTimeoutException))
            return " (does it speak TLS? redis:// is without)";
        boolean hungUp = deepest instanceof SocketException && !(deepest instanceof ConnectException);
        return !encrypted && hungUp ? " (does it want TLS? that is rediss://)" : "";
    }

    /** The connection broke in the middle of a call. */
    static BackendUnavailableException broken(JedisException failure, String address) {
        return new BackendUnavailableException(
                address + " went away in the middle of a call: " + cause(failure), Outcome.UNKNOWN, failure);
    }

    private static String cause(Throwable failure) {
        String message = String.valueOf(deepest(failure).getMessage()).replaceFirst("\\.$", "");
        return message.startsWith("Unknown reply") ? "it does not answer like Redis (" + message + ")" : message;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return deepest;
    }
}
