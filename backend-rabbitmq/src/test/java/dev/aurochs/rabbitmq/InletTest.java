package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is acknowledged together goes in as few words as what else is open allows, and never says more than asked. */
class InletTest {
    private static final BasicProperties NOTHING = new BasicProperties.Builder().build();

    private final List<String> said = new ArrayList<>();
    private final List<Parcel> parcels = new ArrayList<>();
    private @Nullable Consumer consumer;
    private Inlet inlet;

    @BeforeEach
    void deliverFive() throws IOException {
        Channel channel = (Channel) Proxy.newProxyInstance(
                Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setDefaultConsumer" -> consumer = (Consumer) arguments[0];
                        case "basicAck" ->
                            said.add((boolean) arguments[1] ? "all to " + arguments[0] : "" + arguments[0]);
                        case "basicReject" -> said.add("not " + arguments[0]);
                        default -> {}
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
        inlet = new Inlet(channel, "q", parcels::add, () -> {});
        for (long tag = 1; tag <= 5; tag++)
            consumer.handleDelivery("c", new Envelope(tag, false, "", "q"), NOTHING, new byte[0]);
    }

    @Test
    @DisplayName("the oldest ones go in one word, in whatever order they ended")
    void oldest() {
        inlet.acknowledge(List.of(3L, 1L, 2L));
        inlet.acknowledge(List.of(4L, 5L));
        assertThat(said).containsExactly("all to 3", "all to 5");
    }

    @Test
    @DisplayName("what is behind one that still runs goes alone, and is not spoken of again")
    void behindAnOpenOne() {
        inlet.acknowledge(List.of(5L, 3L, 1L));
        inlet.acknowledge(List.of(4L, 2L));
        assertThat(said).containsExactly("all to 1", "5", "3", "all to 4");
    }

    @Test
    @DisplayName("what was given back is not acknowledged with its neighbours")
    void givenBack() {
        inlet.giveBack(2);
        inlet.acknowledge(List.of(1L, 3L));
        inlet.acknowledge(List.of(4L, 2L));
        assertThat(said).containsExactly("not 2", "all to 3", "all to 4");
    }

    @Test
    @DisplayName("twice is once")
    void twice() {
        parcels.get(0).acknowledge();
        parcels.get(0).acknowledge();
        parcels.get(0).giveBack();
        assertThat(said).containsExactly("all to 1");
    }
}
