package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what the client throws into what callers are told: one line, without secrets. */
public final class Troubles {
    private static final String ACKNOWLEDGED_TOO_LATE = "delivery acknowledgement";

    private Troubles() {}

    /** The broker could not be asked. */
    public static BackendUnavailableException away(String doing, Outcome outcome, Throwable cause) {
        return new BackendUnavailableException(
                "RabbitMQ could not answer while " + doing + ": " + reason(cause), outcome, cause);
    }

    /** No connection came about. */
    static BackendUnavailableException noConnection(BrokerAddress address, Throwable cause) {
        return new BackendUnavailableException(explained(address, cause), Outcome.NOT_APPLIED, cause);
    }

    private static String explained(BrokerAddress address, Throwable cause) {
        String who = address.user() == null ? "guest" : address.user();
        if (cause instanceof PossibleAuthenticationFailureException || code(cause) == AMQP.ACCESS_REFUSED)
            return "RabbitMQ at " + address + " refuses user '" + who + "'; check user and password in the address";
        if (code(cause) == AMQP.NOT_ALLOWED)
            return "RabbitMQ at " + address + " has no virtual host '" + address.virtualHost() + "' for user '" + who
                    + "'; create it (rabbitmqctl add_vhost, set_permissions) or name another behind the host";
        if (cause instanceof SSLException)
            return "no encrypted connection to RabbitMQ at " + address + ": " + reason(cause)
                    + "; the JVM must trust the broker's certificate (-Djavax.net.ssl.trustStore=FILE), and it must name"
                    + " the host";
        return "no RabbitMQ answers at " + address + ": " + reason(cause);
    }

    /** The broker's own words where it gave some. */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException shutdown) {
                Optional<String> text = replyText(shutdown.getReason());
                if (text.isPresent()) return text.get();
            }
        }
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    /** The reply code with which the broker closed a channel or a connection; 0 when it did not. */
    public static int code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!(cause instanceof ShutdownSignalException shutdown)) continue;
            Method reason = shutdown.getReason();
            if (reason instanceof AMQP.Channel.Close close) return close.getReplyCode();
            if (reason instanceof AMQP.Connection.Close close) return close.getReplyCode();
        }
        return 0;
    }

    /** True when a channel was closed because a delivery was not acknowledged for too long. */
    public static boolean isTooLong(ShutdownSignalException cause) {
        return code(cause) == AMQP.PRECONDITION_FAILED && reason(cause).contains(ACKNOWLEDGED_TOO_LATE);
    }

    private static Optional<String> replyText(@Nullable Method reason) {
        if (reason instanceof AMQP.Channel.Close close) return Optional.of(close.getReplyText());
        if (reason instanceof AMQP.Connection.Close close) return Optional.of(close.getReplyText());
        return Optional.empty();
    }
}
