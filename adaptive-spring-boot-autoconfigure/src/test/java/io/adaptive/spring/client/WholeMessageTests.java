package io.adaptive.spring.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.server.AnnotatedServices;
import io.adaptive.stream.ContextStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Collections, arrays, boxes, texts and enums as parameters and results of annotated
 * handlers and of client interfaces.
 */
class WholeMessageTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final List<Order> ORDERS = List.of(new Order("a", 1), new Order("b", 2));

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "process, false, fory", "process, true, fory", "process, true, json", "os, false, fory",
			"os, false, json" })
	void handlersAndClientsDeclareThemAsTheyAre(String scope, boolean copy, String codec) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=" + scope, "adaptive.copy-in-process=" + copy,
					"adaptive.codec=" + codec, "adaptive.os.socket-directory=" + this.directory.resolve("s"))
			.withBean(ProcessSpace.class)
			.withBean(Shop.class)
			.withBean(Clients.class)
			.run((context) -> {
				if (scope.equals("os")) {
					// Published beyond the process when an application is ready.
					new AnnotatedServices(context.getSourceApplicationContext().getBeanFactory()).read(Set.of(Scope.OS))
						.forEach((service) -> context.getBean(AdaptiveNode.class).newServer().publish(service));
				}
				check(context.getBean(Clients.class));
			});
	}

	private static void check(Clients clients) throws Exception {
		ShopClient shop = clients.shop;
		assertThat(shop.doubled(ORDERS)).containsExactly(new Order("a", 2), new Order("b", 4));
		assertThat(shop.byName(Set.of(new Order("x", 1)))).isEqualTo(Map.of("x", new Order("x", 1)));
		assertThat(shop.names(Map.of("k", new Order("x", 1)))).containsExactly("k=x");
		assertThat(shop.reversed(new byte[] { 1, 2 })).containsExactly(2, 1);
		assertThat(shop.opposite(Direction.UP)).isEqualTo(Direction.DOWN);
		assertThat(shop.next(5)).isEqualTo(6);
		assertThat(shop.length("four").get()).isEqualTo(4L);
		assertThat(shop.matrix(new int[][] { { 1, 2 }, { 3 } }).block(LONG)).containsExactly(3, 3);
		assertThat(shop.pages(new Order("p", 2)).collectList().block(LONG)).containsExactly(List.of(new Order("p", 0)),
				List.of(new Order("p", 1)));
		checkGenericMessages(shop);
		assertThat(shop.last(new Order[] { new Order("a", 1), new Order("z", 9) })).isEqualTo(new Order("z", 9));
	}

	private static void checkGenericMessages(ShopClient shop) throws Exception {
		Page<Order> page = new Page<>(ORDERS, 7);
		assertThat(shop.nextPage(page)).isEqualTo(new Page<>(ORDERS, 8));
		assertThat(shop.pageLater(new Find("a")).block(LONG)).isEqualTo(new Page<>(ORDERS, 2));
		assertThat(shop.all(new All(true)).block(LONG)).isEqualTo(ORDERS);
		assertThat(shop.all(new All(false)).block(LONG)).isEmpty();
		assertThat(shop.allAsArray(new AsArray(2)).get()).containsExactly(ORDERS.toArray(Order[]::new));
		assertThat(shop.nameOf(Optional.of(new Order("a", 1)))).isEqualTo("a");
		assertThat(shop.nameOf(Optional.empty())).isEqualTo("none");
		assertThat(shop.maybe(new Maybe("a"))).contains(new Order("a", 1));
		assertThat(shop.maybe(new Maybe("none"))).isEmpty();
		assertThat(shop.maybeMany(new MaybeMany("a"))).contains(List.of(new Order("a", 1)));
		assertThat(shop.maybeMany(new MaybeMany("none"))).isEmpty();
		assertThat(shop.maybeLater(new MaybeLater("a")).block(LONG)).isEqualTo(new Order("a", 1));
		assertThat(shop.maybeLater(new MaybeLater("none")).blockOptional(LONG)).isEmpty();
	}

	record Page<T>(List<T> content, long total) {

	}

	record Find(String name) {

	}

	record All(boolean some) {

	}

	record AsArray(int size) {

	}

	record Maybe(String name) {

	}

	record MaybeMany(String name) {

	}

	record MaybeLater(String name) {

	}

	record Order(String name, int count) {

	}

	enum Direction {

		UP {
			@Override
			Direction opposite() {
				return DOWN;
			}
		},
		DOWN {
			@Override
			Direction opposite() {
				return UP;
			}
		};

		abstract Direction opposite();

	}

	interface Doubling<T> {

		List<T> doubled(List<? extends T> values);

	}

	interface ShopClient extends Doubling<Order> {

		Map<String, Order> byName(Set<Order> orders);

		List<String> names(Map<String, Order> orders);

		byte[] reversed(byte[] bytes);

		Direction opposite(Direction direction);

		int next(int number);

		CompletableFuture<Long> length(String text);

		Mono<int[]> matrix(int[][] rows);

		Flux<List<Order>> pages(Order order);

		Order last(Order[] orders);

		String nameOf(Optional<Order> order);

		Page<Order> nextPage(Page<Order> page);

		Mono<Page<Order>> pageLater(Find find);

		Mono<List<Order>> all(All all);

		CompletableFuture<Order[]> allAsArray(AsArray array);

		Optional<Order> maybe(Maybe maybe);

		Optional<List<Order>> maybeMany(MaybeMany maybe);

		Mono<Order> maybeLater(MaybeLater maybe);

	}

	static final class Clients {

		@Autowired
		@Discover(publisher = "example", name = "shop", timeout = "30s")
		private ShopClient shop;

	}

	abstract static class Handlers<T> {

		abstract T twice(T value);

		@MessageHandler
		List<T> doubled(List<? extends T> values) {
			return values.stream().<T>map(this::twice).toList();
		}

	}

	@AdaptiveService(publisher = "example", name = "shop")
	static class Shop extends Handlers<Order> {

		@Override
		Order twice(Order order) {
			return new Order(order.name(), 2 * order.count());
		}

		@MessageHandler
		Map<String, Order> byName(Set<Order> orders) {
			Order only = orders.iterator().next();
			return Map.of(only.name(), only);
		}

		@MessageHandler
		Mono<List<String>> names(Map<String, Order> orders) {
			return Mono
				.just(orders.entrySet().stream().map((each) -> each.getKey() + "=" + each.getValue().name()).toList());
		}

		@MessageHandler
		byte[] reversed(byte[] bytes) {
			return new byte[] { bytes[1], bytes[0] };
		}

		@MessageHandler
		Direction opposite(Direction direction) {
			return direction.opposite();
		}

		@MessageHandler
		int next(int number) {
			return number + 1;
		}

		@MessageHandler
		long length(String text) {
			return text.length();
		}

		@MessageHandler
		int[] matrix(int[][] rows) {
			return Stream.of(rows).mapToInt((row) -> row[0] + ((row.length > 1) ? row[1] : 0)).toArray();
		}

		@MessageHandler
		Flux<List<Order>> pages(Order order) {
			return Flux.range(0, order.count()).map((page) -> List.of(new Order(order.name(), page)));
		}

		@MessageHandler
		String nameOf(Optional<Order> order) {
			return order.map(Order::name).orElse("none");
		}

		@MessageHandler
		Page<Order> nextPage(Page<Order> page) {
			return new Page<>(page.content(), page.total() + 1);
		}

		@MessageHandler
		Mono<Page<Order>> pageLater(Find find) {
			return Mono.just(new Page<>(ORDERS, 2));
		}

		@MessageHandler
		Mono<List<Order>> all(All all) {
			return Mono.just(all.some() ? ORDERS : List.of());
		}

		@MessageHandler
		CompletableFuture<Order[]> allAsArray(AsArray array) {
			return CompletableFuture.completedFuture(ORDERS.subList(0, array.size()).toArray(Order[]::new));
		}

		@MessageHandler
		Optional<Order> maybe(Maybe maybe) {
			return ORDERS.stream().filter((each) -> each.name().equals(maybe.name())).findFirst();
		}

		@MessageHandler
		Optional<List<Order>> maybeMany(MaybeMany maybe) {
			return maybe(new Maybe(maybe.name())).map(List::of);
		}

		@MessageHandler
		CompletableFuture<Optional<Order>> maybeLater(MaybeLater maybe) {
			return CompletableFuture.completedFuture(maybe(new Maybe(maybe.name())));
		}

		@MessageHandler
		Order last(Order[] orders, ContextStream stream) {
			return orders[orders.length - 1];
		}

	}

}
