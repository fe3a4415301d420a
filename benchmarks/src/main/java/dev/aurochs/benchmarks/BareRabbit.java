package dev.aurochs.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What the client of RabbitMQ does alone: persistent messages with confirms, each acknowledged when handed out. */
final class BareRabbit implements AutoCloseable {
    private static final byte[] BODY = Payload.JSON.text().getBytes(UTF_8);
    private static final String QUEUE = "bare";

    private final Connection connection;

    BareRabbit(String address, String queueType) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(address);
        connection = factory.newConnection();
        try (Channel channel = connection.createChannel()) {
            channel.queueDelete(QUEUE);
            channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", queueType));
        }
    }

    /**
     * Confirms are waited for after every {@code window} messages; the seconds until the last of them. What is still in
     * the queue goes before: a quorum queue may pass over acknowledgements that came just before their channel's end.
     */
    double publish(int messages, int window) throws Exception {
        try (Channel channel = connection.createChannel()) {
            channel.queuePurge(QUEUE);
            channel.confirmSelect();
            long begin = System.nanoTime();
            for (int i = 1; i <= messages; i++) {
                channel.basicPublish("", QUEUE, true, MessageProperties.PERSISTENT_BASIC, BODY);
                if (i % window == 0 || i == messages) channel.waitForConfirmsOrDie();
            }
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    /** One consumer; the seconds until all were handed out and acknowledged. */
    double consume(int messages, int prefetch) throws Exception {
        CountDownLatch left = new CountDownLatch(messages);
        try (Channel channel = connection.createChannel()) {
            channel.basicQos(prefetch);
            long begin = System.nanoTime();
            String consumer = channel.basicConsume(QUEUE, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                        throws IOException {
                    channel.basicAck(envelope.getDeliveryTag(), false);
                    left.countDown();
                }
            });
            left.await();
            double seconds = (System.nanoTime() - begin) / 1e9;
            // Nothing is handed out any more when the channel closes.
            channel.basicCancel(consumer);
            return seconds;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
