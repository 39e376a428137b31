package io.adaptive.boot.autoconfigure.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.boot.autoconfigure.observation.AdaptiveObservationAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is written about the metrics, next to those of an application that is everything a
 * node can be.
 */
class MetricsPageTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Pattern ROW = Pattern
		.compile("\\| `(adaptive\\.[a-z.]+)` \\| (\\w+) \\| (\\w+) \\| ([^|]*)\\|.*");

	private static final Pattern TAG = Pattern.compile("`(\\w+)`");

	private static final Pattern METRIC = Pattern.compile("\\badaptive_\\w+");

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void run(Path directory, Consumer<PrometheusMeterRegistry> check) throws IOException {
		int port = freePort();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AdaptiveMetricsAutoConfiguration.class,
					AdaptiveObservationAutoConfiguration.class, AdaptiveAutoConfiguration.class,
					MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
			.withBean(ProcessSpace.class)
			.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.withPropertyValues("adaptive.scopes=process,wan", "adaptive.registry.addresses=127.0.0.1:" + port,
					"adaptive.listen.host=127.0.0.1", "adaptive.listen.port=" + port,
					"adaptive.root-registry.enabled=true",
					"adaptive.root-registry.directory=" + directory.resolve("root"))
			.run((context) -> {
				context.getBean(AdaptiveServer.class)
					.publish(Service.named("example", "echo").handle(Ask.class, (ask) -> ask));
				try (Connection connection = context.getBean(AdaptiveClient.class).discover("example", "echo")) {
					connection.sendRecv(new Ask("who?"), Ask.class);
				}
				await().atMost(Duration.ofSeconds(50))
					.until(() -> context.getBean(AdaptiveNode.class)
						.registries()
						.get(0)
						.registration() == RootRegistryStatus.Registration.ACCEPTED);
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				await().until(() -> registry.find("adaptive.server.messages").meter() != null);
				check.accept(registry);
			});
	}

	@Test
	void everyMetricIsOnThePageAndEveryMetricOnThePageIsThere(@TempDir Path directory) throws IOException {
		Map<String, Row> page = new TreeMap<>();
		Files.readAllLines(DOCS.resolve("metrics.md"))
			.stream()
			.flatMap((line) -> ROW.matcher(line).results())
			.forEach((row) -> assertThat(page.put(row.group(1), Row.of(row))).as(row.group(1) + " once").isNull());
		run(directory, (registry) -> {
			Map<String, Row> there = new TreeMap<>();
			registry.getMeters()
				.stream()
				.map(Meter::getId)
				.filter((id) -> id.getName().startsWith("adaptive."))
				.forEach((id) -> there.put(id.getName(), Row.of(id)));
			assertThat(page).isEqualTo(there);
		});
	}

	@Test
	void theDashboardAsksOnlyForWhatIsScrapedAndForNearlyAllOfIt(@TempDir Path directory) throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(DOCS.resolve("grafana/adaptive.json").toFile());
		List<String> queries = new ArrayList<>(dashboard.findValuesAsString("expr"));
		dashboard.path("templating").path("list").forEach((variable) -> queries.add(variable.path("query").toString()));
		assertThat(dashboard.path("title").asString()).isEqualTo("Adaptive");
		assertThat(dashboard.path("templating").path("list").findValuesAsString("name")).contains("datasource",
				"application", "instance");
		Set<Integer> ids = new TreeSet<>();
		dashboard.path("panels").forEach((panel) -> {
			assertThat(ids.add(panel.path("id").asInt())).as("id of panel " + panel.path("title")).isTrue();
			assertThat(panel.path("title").asString()).isNotBlank();
			if (!panel.path("type").asString().equals("row")) {
				assertThat(panel.path("description").asString()).as(panel.path("title").asString()).isNotBlank();
				assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString()).isNotBlank();
			}
		});
		run(directory, (registry) -> {
			Set<String> scraped = scraped(registry);
			Set<String> asked = metrics(queries);
			assertThat(scraped).containsAll(asked);
			assertThat(asked).hasSizeGreaterThan(30);
		});
	}

	@Test
	void theAlertsAskOnlyForWhatIsScrapedAndSayWhatToDo(@TempDir Path directory) throws IOException {
		Map<String, Object> rules = new Yaml().load(Files.readString(DOCS.resolve("grafana/alerts.yml")));
		JsonNode alerts = JsonMapper.shared().valueToTree(rules);
		List<String> queries = alerts.findValuesAsString("expr");
		alerts.path("groups").forEach((group) -> group.path("rules").forEach((rule) -> {
			String name = rule.path("alert").asString();
			assertThat(name).startsWith("Adaptive");
			assertThat(rule.path("labels").path("severity").asString()).as(name).isIn("warning", "critical");
			assertThat(rule.path("annotations").path("summary").asString()).as(name).contains("{{ $labels.");
			assertThat(rule.path("annotations").path("description").asString()).as(name).hasSizeGreaterThan(40);
		}));
		assertThat(queries).hasSizeGreaterThan(6);
		// A caller that cancels is an ordinary event.
		assertThat(queries).filteredOn((query) -> query.contains("outcome!"))
			.isNotEmpty()
			.allSatisfy((query) -> assertThat(query).contains("CANCELLED"));
		run(directory, (registry) -> assertThat(scraped(registry)).containsAll(metrics(queries)));
	}

	private static Set<String> scraped(PrometheusMeterRegistry registry) {
		return METRIC.matcher(registry.scrape()).results().map(MatchResult::group).collect(Collectors.toSet());
	}

	private static Set<String> metrics(List<String> queries) {
		return queries.stream()
			.flatMap((query) -> METRIC.matcher(query).results())
			.map(MatchResult::group)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private record Row(String type, String unit, Set<String> tags) {

		static Row of(MatchResult row) {
			return new Row(row.group(2), row.group(3),
					TAG.matcher(row.group(4))
						.results()
						.map((tag) -> tag.group(1))
						.collect(Collectors.toCollection(TreeSet::new)));
		}

		static Row of(Meter.Id id) {
			String unit = (id.getType() == Meter.Type.TIMER) ? "seconds" : String.valueOf(id.getBaseUnit());
			return new Row(id.getType().name().toLowerCase(Locale.ROOT), unit,
					id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new)));
		}

	}

	record Ask(String text) {
	}

}
