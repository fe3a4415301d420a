package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes with confirms and {@code mandatory}, always: what it answers is stored as safely as the queue stores. A
 * message that finds no queue makes the queue be declared again and is published once more. Thread-safe.
 */
public final class Publisher implements AutoCloseable {
    private static final int MOST_OPEN = 4_000;
    private static final long PATIENCE_SECONDS = 30;
    private static final long ALARMED_PATIENCE_SECONDS = 5;

    private final Line line;
    private final Executor after;
    private final Consumer<String> declareAgain;
    private final Semaphore window = new Semaphore(MOST_OPEN);
    private @Nullable Outlet outlet;
    private @Nullable Channel plain;

    /**
     * @param after runs what follows from answers, in their order, by one thread
     * @param declareAgain makes a queue that was gone
     */
    public Publisher(Line line, Executor after, Consumer<String> declareAgain) {
        this.line = line;
        this.after = after;
        this.declareAgain = declareAgain;
    }

    /**
     * The stage completes, on the thread that {@code after} has, when the broker has confirmed; with a
     * {@link RefusedException} when it refused, else with a {@link BackendUnavailableException}.
     */
    public CompletableFuture<Void> publish(Envelope envelope) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        publish(envelope, false, answer);
        return answer;
    }

    private void publish(Envelope envelope, boolean again, CompletableFuture<Void> answer) {
        line.requireUnblocked();
        if (!again) enterWindow();
        boolean posted = false;
        try {
            synchronized (this) {
                outlet().post(new Posting(envelope, again, answer));
            }
            posted = true;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("taking a message", Outcome.UNKNOWN, away);
        } finally {
            if (!posted && !again) window.release();
        }
    }

    private void enterWindow() {
        try {
            if (window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Troubles.away("waiting for its confirms", Outcome.NOT_APPLIED, interrupted);
        }
        throw new BackendUnavailableException(
                "RabbitMQ has not confirmed " + MOST_OPEN + " messages for " + PATIENCE_SECONDS + " s",
                Outcome.NOT_APPLIED,
                null);
    }

    private Outlet outlet() throws IOException {
        if (outlet == null || !outlet.isOpen()) outlet = new Outlet(line.channel(), this::answered);
        return outlet;
    }

    private void answered(List<Posting> known) {
        if (known.isEmpty()) return;
        window.release(
                (int) known.stream().filter(posting -> !posting.isSecondTry()).count());
        after.execute(() -> {
            for (Posting posting : known) conclude(posting);
        });
    }

    private void conclude(Posting posting) {
        boolean homeless = posting.isUnroutable() && !posting.hasFailed();
        if (!homeless) {
            posting.tell();
            return;
        }
        if (posting.isSecondTry()) {
            posting.answer()
                    .completeExceptionally(new BackendUnavailableException(
                            "RabbitMQ has no queue '" + posting.envelope().key() + "', although it was declared again",
                            Outcome.NOT_APPLIED,
                            null));
            return;
        }
        try {
            declareAgain.accept(posting.envelope().key());
            publish(posting.envelope(), true, posting.answer());
        } catch (RuntimeException failed) {
            posting.answer().completeExceptionally(failed);
        }
    }

    /** Tells whoever listens at an exchange: not confirmed, at most once, nothing when the broker is away. */
    public synchronized void tell(String exchange, String key, BasicProperties properties, byte[] body) {
        if (line.isBlocked()) return;
        try {
            plain().basicPublish(exchange, key, properties, body);
        } catch (IOException | ShutdownSignalException | BackendUnavailableException nobodyHears) {
            plain = null;
        }
    }

    /** What was told before the call has been handed to those who listen at present. */
    public void flushTold(String exchange) {
        if (line.isBlocked()) return;
        try {
            Channel channel;
            synchronized (this) {
                channel = plain();
            }
            channel.exchangeDeclarePassive(exchange);
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("passing on events", Outcome.NOT_APPLIED, away);
        }
    }

    private Channel plain() {
        if (plain == null || !plain.isOpen()) plain = line.channel();
        return plain;
    }

    /**
     * Gives up a channel on which the oldest message waits too long: its queue has no leader, or the broker hangs. What
     * an alarm has caught on its way is given up sooner; the broker may take it when the alarm is over.
     */
    public void checkPatience() {
        Outlet stuck;
        synchronized (this) {
            stuck = outlet;
        }
        if (stuck == null) return;
        Optional<BackendUnavailableException> alarm = line.alarmed();
        if (alarm.isPresent()) stuck.giveUp(secondsAgo(ALARMED_PATIENCE_SECONDS), alarm.get());
        else if (stuck.isStuckSince(secondsAgo(PATIENCE_SECONDS))) stuck.abort();
    }

    private static long secondsAgo(long seconds) {
        return System.nanoTime() - TimeUnit.SECONDS.toNanos(seconds);
    }

    @Override
    public void close() {
        Outlet open;
        synchronized (this) {
            open = outlet;
        }
        if (open != null && open.isOpen()) open.abort();
    }
}
