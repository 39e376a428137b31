package io.adaptive.guide;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Selection;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.spring.CallOptions;
import io.adaptive.spring.Discover;
import io.adaptive.spring.OneWay;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the pages on discovering and on typed clients.
 */
class DiscoverGuideTests {

	private final ProcessSpace space = new ProcessSpace();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class, () -> this.space)
		.withUserConfiguration(Application.class);

	private @Nullable AdaptiveNode station;

	@AfterEach
	void closeStation() {
		if (this.station != null) {
			this.station.close();
		}
	}

	private AdaptiveNode weatherStation() {
		AdaptiveNode node = AdaptiveNode.builder().scopes(Set.of(Scope.PROCESS)).processSpace(this.space).build();
		node.newServer()
			.publish(Service.named("example", "weather")
				.handle(Where.class, (where) -> "nowhere".equals(where.place()) ? null : new Weather(where.place(), 21))
				.handle(Follow.class,
						(follow) -> Flux.range(20, 3).map((degrees) -> new Weather(follow.place(), degrees)))
				.handle(Report.class, (report) -> null));
		this.station = node;
		return node;
	}

	@Test
	void whatIsInjected() {
		weatherStation();
		this.contextRunner.run((context) -> {
			Board board = context.getBean(Board.class);
			assertThat(board.temperature("here")).isEqualTo(21);
			Awaitility.await().until(() -> board.all() == 1 && board.seen.size() == 1);
			assertThat(context.getBean(MaybeBoard.class).weather).isPresent();
		});
	}

	@Test
	void nothingIsInjectedWhereNothingDiscovers() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasMessageContaining("Connection");
		});
	}

	@Test
	void aTypedClient() {
		weatherStation();
		this.contextRunner.run((context) -> {
			WeatherClient weather = context.getBean(WeatherClient.class);
			assertThat(weather.at(new Where("here")).degrees()).isEqualTo(21);
			assertThat(weather.degreesAt("there")).isEqualTo(21);
			assertThat(weather.maybeAt(new Where("nowhere"))).isEmpty();
			assertThat(weather.later(new Where("here")).block()).isEqualTo(new Weather("here", 21));
			assertThat(weather.follow(new Follow("here")).collectList().block()).hasSize(3);
			weather.report(new Report("here", 3));
			weather.hint(new Report("here", 4));
			assertThat(weather).hasToString(weather.toString()).asString().contains("example/weather");
			assertThat(context.getBean(Balcony.class).isWarm()).isTrue();
		});
	}

	@Test
	void byHand() {
		weatherStation();
		this.contextRunner.run((context) -> {
			AdaptiveClient client = context.getBean(AdaptiveClient.class);
			try (Connection weather = nearest(client)) {
				assertThat(weather.sendRecv(new Where("here"), Weather.class).degrees()).isEqualTo(21);
			}
		});
	}

	private static Connection nearest(AdaptiveClient client) {
		return client.selection(Selection.capacity().thenLatency()).discover(new ServiceName("example", "weather"));
	}

	@Test
	void whatAppearsAndGoes() {
		this.contextRunner.run((context) -> {
			AdaptiveClient client = context.getBean(AdaptiveClient.class);
			List<String> events = new CopyOnWriteArrayList<>();
			watch(client, events);
			AdaptiveNode node = weatherStation();
			Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> events.size() == 1);
			node.close();
			Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> events.size() == 2);
		});
	}

	private static void watch(AdaptiveClient client, List<String> events) {
		client.watch(new ServicePattern("example", "*"), (event) -> events.add(event.toString()));
	}

	record Where(String place) {
	}

	record Weather(String place, int degrees) {
	}

	record Follow(String place) {
	}

	record Report(String place, int degrees) {
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = DiscoverGuideTests.class)
	@Import({ Board.class, MaybeBoard.class, Balcony.class })
	static class Application {

	}

	static class Board {

		private final Connection weather;

		private final List<Connection> stations;

		private final List<Connection> seen = new CopyOnWriteArrayList<>();

		Board(@Discover(publisher = "example", name = "weather", timeout = "2s") Connection weather,
				@Discover(publisher = "example", name = "weather*") List<Connection> stations,
				@Discover(publisher = "example", name = "weather*") Flux<Connection> appearing) {
			this.weather = weather;
			this.stations = stations;
			appearing.subscribe(this.seen::add);
		}

		int temperature(String place) {
			return this.weather.sendRecv(new Where(place), Weather.class).degrees();
		}

		int all() {
			return this.stations.size();
		}

	}

	static class MaybeBoard {

		private final Optional<Connection> weather;

		MaybeBoard(@Discover(publisher = "example", name = "weather") Optional<Connection> weather) {
			this.weather = weather;
		}

	}

	@Discover(publisher = "example", name = "weather", timeout = "5s")
	interface WeatherClient {

		Weather at(Where where);

		@CallOptions(timeout = "500ms", idempotent = true)
		Optional<Weather> maybeAt(Where where);

		Mono<Weather> later(Where where);

		Flux<Weather> follow(Follow follow);

		void report(Report report);

		@OneWay
		void hint(Report report);

		default int degreesAt(String place) {
			return at(new Where(place)).degrees();
		}

	}

	static class Balcony {

		private final WeatherClient weather;

		Balcony(WeatherClient weather) {
			this.weather = weather;
		}

		boolean isWarm() {
			return this.weather.degreesAt("balcony") > 18;
		}

	}

}
