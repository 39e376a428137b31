package io.adaptive.guide;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Priority;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnDisconnect;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.MessageStream;
import io.adaptive.transport.ProcessSpace;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The examples of the page on publishing.
 */
class PublishGuideTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class, ValidationAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.discover-timeout=0")
		.withBean(ProcessSpace.class);

	@Test
	void handlersReturnNowOrLaterOnceOrOften() {
		this.contextRunner.withBean(BookService.class).run((context) -> {
			Connection books = connect(context.getBean(AdaptiveClient.class), "books");
			assertThat(books.sendRecv(new FindBook("dune"), Book.class)).isEqualTo(new Book("DUNE"));
			assertThat(books.sendRecv(new NoteReading("dune"), Void.class)).isNull();
			assertThat(books.sendRecv(new OrderBook("dune"), Book.class)).isEqualTo(new Book("dune"));
			assertThat(books.sendRecv(new RateBook("dune", 5), Book.class)).isEqualTo(new Book("dune"));
			try (MessageStream stream = books.newStream()) {
				stream.send(new ListBooks());
				assertThat(stream.recv(Book.class)).isEqualTo(new Book("dune"));
				assertThat(stream.recv(Book.class)).isEqualTo(new Book("emma"));
			}
		});
	}

	@Test
	void streamHasAnObjectThatItsHookMade() {
		this.contextRunner.withBean(CartService.class).run((context) -> {
			Connection carts = connect(context.getBean(AdaptiveClient.class), "carts");
			carts.setReceiveTimeout(Duration.ofMinutes(1));
			try (MessageStream one = carts.newStream(); MessageStream other = carts.newStream()) {
				assertThat(one.sendRecv(new AddItem("pen", 2), CartSize.class)).isEqualTo(new CartSize(2));
				assertThat(one.sendRecv(new AddItem("ink", 1), CartSize.class)).isEqualTo(new CartSize(3));
				assertThat(other.sendRecv(new AddItem("pen", 1), CartSize.class)).isEqualTo(new CartSize(1));
			}
			AtomicInteger abandoned = context.getBean(CartService.class).abandoned;
			await().untilAsserted(() -> assertThat(abandoned).hasValue(2));
			carts.close();
			await().untilAsserted(() -> assertThat(context.getBean(CartService.class).clients).hasValue(0));
		});
	}

	@Test
	void messageIsValidated() {
		this.contextRunner.withBean(CartService.class).run((context) -> {
			Connection carts = connect(context.getBean(AdaptiveClient.class), "carts");
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> carts.sendRecv(new AddItem(" ", 0), CartSize.class))
				.satisfies((ex) -> {
					assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
					assertThat(ex.error().message())
						.isEqualTo("The message is not valid: count must be greater than 0, name must not be blank");
				});
		});
	}

	@Test
	void beanMethodAndOwnAnnotationPublish() {
		this.contextRunner.withUserConfiguration(Services.class).withBean(ClockService.class).run((context) -> {
			AdaptiveClient client = context.getBean(AdaptiveClient.class);
			assertThat(connect(client, "archive").sendRecv(new FindBook("dune"), Book.class))
				.isEqualTo(new Book("DUNE"));
			assertThat(connect(client, "clock").sendRecv(new AskTime(), Time.class)).isEqualTo(new Time(42));
		});
	}

	@Test
	void twoBeansPublishOneService() {
		this.contextRunner.withBean(AccountQueries.class).withBean(AccountCommands.class).run((context) -> {
			Connection accounts = connect(context.getBean(AdaptiveClient.class), "accounts");
			assertThat(accounts.sendRecv(new Deposit(5), Void.class)).isNull();
			assertThat(accounts.sendRecv(new AskBalance(), Balance.class)).isEqualTo(new Balance(0));
		});
	}

	@Test
	void serviceOfOtherScopesIsNotFound() {
		this.contextRunner.withPropertyValues("adaptive.scopes=process,os")
			.withPropertyValues("adaptive.os.socket-directory=${java.io.tmpdir}/adaptive-guide-${random.uuid}")
			.withBean(MachineService.class)
			.run((context) -> assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> connect(context.getBean(AdaptiveClient.class), "machine")));
	}

	private static Connection connect(AdaptiveClient client, String name) {
		return client.discover("example", name);
	}

	record FindBook(String title) {
	}

	record NoteReading(String title) {
	}

	record OrderBook(String title) {
	}

	record RateBook(String title, int stars) {
	}

	record ListBooks() {
	}

	record Book(String title) {
	}

	record CartSize(int items) {
	}

	record AskTime() {
	}

	record Time(long seconds) {
	}

	record Deposit(int amount) {
	}

	record AskBalance() {
	}

	record Balance(int amount) {
	}

	@AdaptiveService(publisher = "example", name = "books")
	static class BookService {

		@MessageHandler
		Book find(FindBook find) {
			return new Book(find.title().toUpperCase(Locale.ROOT));
		}

		@MessageHandler
		void note(NoteReading note) {
		}

		@MessageHandler
		Mono<Book> order(OrderBook order) {
			return Mono.just(new Book(order.title())).delayElement(Duration.ofMillis(1));
		}

		@MessageHandler
		CompletionStage<Book> rate(RateBook rate) {
			return CompletableFuture.supplyAsync(() -> new Book(rate.title()));
		}

		@MessageHandler
		Flux<Book> list(ListBooks list) {
			return Flux.just(new Book("dune"), new Book("emma"));
		}

	}

	record AddItem(@NotBlank String name, @Positive int count) {
	}

	static class Cart {

		private final Map<String, Integer> items = new ConcurrentHashMap<>();

		int add(AddItem item) {
			this.items.merge(item.name(), item.count(), Integer::sum);
			return this.items.values().stream().mapToInt(Integer::intValue).sum();
		}

		boolean isEmpty() {
			return this.items.isEmpty();
		}

	}

	@AdaptiveService(publisher = "example", name = "carts", ordered = true)
	static class CartService {

		private final AtomicInteger clients = new AtomicInteger();

		private final AtomicInteger abandoned = new AtomicInteger();

		@OnConnect
		void connected(ConnectionInfo client) {
			this.clients.incrementAndGet();
		}

		@OnStreamOpen
		Cart opened() {
			return new Cart();
		}

		@MessageHandler
		CartSize add(@Valid AddItem item, Cart cart, ConnectionInfo client, Deadline deadline) {
			return new CartSize(cart.add(item));
		}

		@OnStreamClose
		void closed(Cart cart) {
			if (!cart.isEmpty()) {
				this.abandoned.incrementAndGet();
			}
		}

		@OnDisconnect
		void disconnected(ConnectionInfo client, ErrorInfo reason) {
			this.clients.decrementAndGet();
		}

	}

	static class Archive {

		@MessageHandler
		Book find(FindBook find) {
			return new Book(find.title().toUpperCase(Locale.ROOT));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Services {

		@Bean
		@AdaptiveService(publisher = "example", name = "archive")
		Archive archive() {
			return new Archive();
		}

	}

	@AdaptiveService(publisher = "example", name = "")
	@Retention(RetentionPolicy.RUNTIME)
	@interface ExampleService {

		@AliasFor(annotation = AdaptiveService.class, attribute = "name")
		String value();

	}

	@ExampleService("clock")
	static class ClockService {

		@MessageHandler(priority = Priority.HIGH, nonBlocking = true)
		Time now(AskTime ask) {
			return new Time(42);
		}

	}

	@AdaptiveService(publisher = "example", name = "accounts")
	static class AccountQueries {

		@MessageHandler
		Balance balance(AskBalance ask) {
			return new Balance(0);
		}

	}

	@AdaptiveService(publisher = "example", name = "accounts")
	static class AccountCommands {

		private final List<Deposit> deposits = new CopyOnWriteArrayList<>();

		@MessageHandler
		void deposit(Deposit deposit) {
			this.deposits.add(deposit);
		}

	}

	@AdaptiveService(publisher = "example", name = "machine", scopes = Scope.OS)
	static class MachineService {

		@MessageHandler
		Time uptime(AskTime ask) {
			return new Time(1);
		}

	}

}
