package io.adaptive.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of the page on streams.
 */
class StreamsGuideTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class)
		.withBean(Client.class);

	private void run(Class<?> service, Consumer<Connection> client) {
		this.contextRunner.withBean(service).run((context) -> client.accept(context.getBean(Client.class).connection));
	}

	@Test
	void conversation() {
		run(OrderService.class, (orders) -> assertThat(new Shopping(orders).buy("tea", 2)).isEqualTo(700));
	}

	@Test
	void subscription() throws Exception {
		BlockingQueue<Tick> ticks = new LinkedBlockingQueue<>();
		this.contextRunner.withBean(TickService.class).run((context) -> {
			Connection connection = context.getBean(Client.class).connection;
			try (MessageStream ticker = connection.newStream()) {
				ticker.send(new Subscribe("ADPT"));
				assertThat(ticker.recv(Tick.class)).isEqualTo(new Tick("ADPT", 0));
				context.getBean(TickService.class).publish(new Tick("ADPT", 42));
				ticks.add(ticker.recv(Tick.class));
			}
		});
		assertThat(ticks.poll(1, TimeUnit.SECONDS)).isEqualTo(new Tick("ADPT", 42));
	}

	@Test
	void manyReplies() {
		run(NumberService.class,
				(connection) -> assertThat(numbers(connection, 5).map(Number::value).collectList().block())
					.containsExactly(1, 2, 3, 4, 5));
	}

	private static Flux<Number> numbers(Connection connection, int count) {
		return Flux.using(connection::newStream,
				(stream) -> stream.reactive()
					.send(new CountTo(count))
					.thenMany(stream.reactive().recvAll(Number.class)),
				MessageStream::close);
	}

	@Test
	void bytes() {
		run(ShoutService.class, (shouting) -> assertThat(shout(shouting, "hello\n")).isEqualTo("HELLO\n"));
	}

	private static String shout(Connection connection, String text) {
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Shout());
			try (OutputStream out = stream.outputStream()) {
				out.write(text.getBytes(StandardCharsets.UTF_8));
			}
			return new String(stream.inputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void silence() {
		run(OrderService.class,
				(connection) -> assertThatExceptionOfType(ReceiveTimeoutException.class).isThrownBy(() -> {
					try (MessageStream stream = connection.newStream()) {
						stream.setReceiveTimeout(Duration.ofMillis(10));
						stream.recv(Invoice.class);
					}
				}));
	}

	static class Client {

		@Discover(publisher = "example", name = "guide")
		Connection connection;

	}

	record Order(String item) {
	}

	record HowMany(String item, int pricePerPiece) {
	}

	record Pieces(int count) {
	}

	record Invoice(int total) {
	}

	@AdaptiveService(publisher = "example", name = "guide")
	static class OrderService {

		@MessageHandler
		Invoice order(Order order, ContextStream stream) {
			stream.send(new HowMany(order.item(), 350));
			Pieces pieces = stream.recv(Pieces.class);
			return new Invoice(pieces.count() * 350);
		}

	}

	record Shopping(Connection orders) {

		int buy(String item, int count) {
			try (MessageStream stream = this.orders.newStream()) {
				stream.send(new Order(item));
				HowMany question = stream.recv(HowMany.class);
				assertThat(question.item()).isEqualTo(item);
				stream.send(new Pieces(count));
				return stream.recv(Invoice.class).total();
			}
		}

	}

	record Subscribe(String symbol) {
	}

	record Tick(String symbol, int price) {
	}

	@AdaptiveService(publisher = "example", name = "guide")
	static class TickService {

		private final Map<ContextStream, String> subscribers = new ConcurrentHashMap<>();

		@MessageHandler
		void subscribe(Subscribe subscribe, ContextStream stream) {
			this.subscribers.put(stream, subscribe.symbol());
			stream.send(new Tick(subscribe.symbol(), 0));
		}

		void publish(Tick tick) {
			this.subscribers.forEach((subscriber, symbol) -> {
				if (symbol.equals(tick.symbol())) {
					try {
						subscriber.send(tick);
					}
					catch (AdaptiveException ex) {
						this.subscribers.remove(subscriber);
					}
				}
			});
		}

	}

	record CountTo(int count) {
	}

	record Number(int value) {
	}

	@AdaptiveService(publisher = "example", name = "guide")
	static class NumberService {

		@MessageHandler
		Flux<Number> count(CountTo to) {
			return Flux.range(1, to.count()).map(Number::new);
		}

	}

	record Shout() {
	}

	@AdaptiveService(publisher = "example", name = "guide")
	static class ShoutService {

		@MessageHandler
		void shout(Shout shout, ContextStream stream) throws IOException {
			try (InputStream in = stream.inputStream(); OutputStream out = stream.outputStream()) {
				String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
				out.write(text.toUpperCase().getBytes(StandardCharsets.UTF_8));
			}
		}

	}

}
