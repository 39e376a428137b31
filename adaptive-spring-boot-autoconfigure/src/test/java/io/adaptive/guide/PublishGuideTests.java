package io.adaptive.guide;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Priority;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnDisconnect;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.StreamContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of the page on publishing.
 */
class PublishGuideTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class, ValidationAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class)
		.withBean(Client.class);

	@Test
	void aServiceRefusesAndClosesConnections() {
		this.contextRunner.withBean(Library.class).run((context) -> {
			ServiceName library = new ServiceName("example", "library");
			AdaptiveClient client = context.getBean(AdaptiveNode.class).newClient();
			Connection reader = client.discover(library);
			assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> client.discover(library))
				.withMessageContaining("No seat is free")
				.matches((ex) -> ex.code() == ErrorCode.RESOURCE_EXHAUSTED);
			reader.sendRecv(new Say(false), Void.class);
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> reader.sendRecv(new Say(true), Void.class))
				.satisfies((ex) -> {
					assertThat(ex.reason().code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
					assertThat(ex.reason().message()).isEqualTo("Readers are quiet here");
					assertThat(ex.reason().origin()).startsWith("example/library@");
				});
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> client.discover(library).sendRecv(new Say(false), Void.class));
		});
	}

	@Test
	void aHandlerAnswersInManyWays() {
		this.contextRunner.withBean(Warehouse.class).run((context) -> {
			Connection warehouse = context.getBean(Client.class).warehouse;
			assertThat(warehouse.sendRecv(new Count("tea"), Stock.class)).isEqualTo(new Stock("tea", 3));
			assertThat(warehouse.sendRecv(new Order("tea", 1), Receipt.class)).isEqualTo(new Receipt("tea"));
			assertThat(warehouse.sendRecv(new Find("tea"), Stock.class)).isEqualTo(new Stock("tea", 3));
			try (MessageStream stream = warehouse.newStream()) {
				stream.send(new ListAll());
				assertThat(stream.reactive().recvAll(Stock.class).collectList().block()).hasSize(2);
			}
			warehouse.sendRecv(new Forget("tea"), Void.class);
		});
	}

	@Test
	void aMessageThatIsNotValidIsRefused() {
		this.contextRunner.withBean(Warehouse.class)
			.run((context) -> assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> context.getBean(Client.class).warehouse.sendRecv(new Order("tea", 0), Receipt.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT)));
	}

	@Test
	void hooksTellOfConnectionsAndStreams() {
		this.contextRunner.withBean(Cashier.class).run((context) -> {
			Cashier cashier = context.getBean(Cashier.class);
			try (MessageStream till = context.getBean(Client.class).till.newStream()) {
				till.sendRecv(new Add(3), Void.class);
				till.sendRecv(new Add(4), Void.class);
				assertThat(till.sendRecv(new Total(), Sum.class)).isEqualTo(new Sum(7));
			}
			Awaitility.await().untilAsserted(() -> assertThat(cashier.told).contains("connected", "7 in the till"));
		});
	}

	@Test
	void aBeanMethodPublishes() {
		this.contextRunner.withUserConfiguration(Services.class)
			.run((context) -> assertThat(
					context.getBean(Client.class).clock.sendRecv(new WhatTime(), Time.class).zone())
				.isEqualTo("UTC"));
	}

	static class Client {

		@Discover(publisher = "example", name = "warehouse")
		Connection warehouse;

		@Discover(publisher = "example", name = "till")
		Connection till;

		@Discover(publisher = "example", name = "clock")
		Connection clock;

	}

	record Count(String item) {
	}

	record Order(String item, @Positive int pieces) {
	}

	record Find(String item) {
	}

	record ListAll() {
	}

	record Forget(String item) {
	}

	record Stock(String item, int pieces) {
	}

	record Receipt(String item) {
	}

	@AdaptiveService(publisher = "example", name = "warehouse")
	static class Warehouse {

		@MessageHandler(priority = Priority.HIGH, nonBlocking = true)
		Stock count(Count count) {
			return new Stock(count.item(), 3);
		}

		@MessageHandler
		CompletionStage<Receipt> order(@Valid Order order, Deadline deadline, ConnectionInfo caller) {
			Duration time = deadline.remaining().orElse(Duration.ofMinutes(1));
			return CompletableFuture.completedFuture(new Receipt(order.item()))
				.completeOnTimeout(new Receipt("nothing, as " + caller.peer() + " waited too long"), time.toMillis(),
						TimeUnit.MILLISECONDS);
		}

		@MessageHandler
		Mono<Stock> find(Find find) {
			return Mono.just(new Stock(find.item(), 3));
		}

		@MessageHandler
		Flux<Stock> list(ListAll all) {
			return Flux.just(new Stock("tea", 3), new Stock("coffee", 0));
		}

		@MessageHandler
		void forget(Forget forget) {
		}

	}

	record Add(int price) {
	}

	record Total() {
	}

	record Sum(int total) {
	}

	/** What a stream has bought; handlers of an ordered service need no lock. */
	static class Basket {

		private int total;

	}

	@AdaptiveService(publisher = "example", name = "till", ordered = true, scopes = { Scope.PROCESS, Scope.OS })
	static class Cashier {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@OnConnect
		void connected(ConnectionInfo connection) {
			this.told.add("connected");
		}

		@OnStreamOpen
		Basket opened() {
			return new Basket();
		}

		@MessageHandler
		void add(Add add, Basket basket) {
			basket.total += add.price();
		}

		@MessageHandler
		Sum total(Total total, Basket basket) {
			return new Sum(basket.total);
		}

		@OnStreamClose
		void closed(StreamContext stream, Basket basket) {
			this.told.add(basket.total + " in the till");
		}

		@OnDisconnect
		void disconnected(ConnectionInfo connection, ErrorInfo cause) {
			this.told.add("gone: " + cause);
		}

	}

	record WhatTime() {
	}

	record Time(String zone) {
	}

	/** From a library that knows nothing of this framework, but for one annotation. */
	static class Clock {

		private final String zone;

		Clock(String zone) {
			this.zone = zone;
		}

		@MessageHandler
		Time time(WhatTime question) {
			return new Time(this.zone);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Services {

		@Bean
		@AdaptiveService(publisher = "example", name = "clock")
		Clock clock() {
			return new Clock("UTC");
		}

	}

	record Say(boolean loud) {
	}

	@AdaptiveService(publisher = "example", name = "library")
	static class Library {

		private final Semaphore seats = new Semaphore(1);

		@OnConnect
		void enter(ConnectionInfo reader) {
			if (!this.seats.tryAcquire()) {
				throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, "No seat is free");
			}
		}

		@MessageHandler
		void say(Say say, StreamContext stream) {
			if (say.loud()) {
				stream.closeConnection(ErrorCode.FAILED_PRECONDITION, "Readers are quiet here");
			}
		}

		@OnDisconnect
		void leave(ConnectionInfo reader, ErrorInfo cause) {
			this.seats.release();
		}

	}

}
