package io.adaptive.topidchart.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.store.ChartSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import perf.topid.message.ChartMessages.SessionOpened;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a browser is answered.
 */
@Timeout(60)
class PageTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	/** The begin of a minute, at most two minutes ago when the samples are sent. */
	private static long first;

	@TempDir
	private static Path folder;

	private static RunningChart chart;

	private static SessionOpened opened;

	private static String api;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		chart = RunningChart.start(folder, "topidchart.page.hosts=chart.example");
		first = System.currentTimeMillis() / 60_000 * 60_000 - 60_000;
		opened = chart.open("tag");
		LongStream.rangeClosed(1, 40)
			.forEach((number) -> chart.connection().send(RunningChart.sample(opened, first, number)));
		Awaitility.await().atMost(LONG).until(() -> chart.session(opened).progress().lastNumber() == 40);
		ChartSession session = chart.session(opened);
		api = chart.origin() + "/api/sessions/" + session.tag() + "/" + session.name();
	}

	@AfterAll
	static void stop() {
		chart.close();
	}

	private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private JsonNode json(String uri) throws IOException, InterruptedException {
		HttpResponse<String> response = get(uri);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return new JsonMapper().readTree(response.body());
	}

	private static String charts(String filter) {
		return api + "/charts?from=%s&to=%s&width=60&filter=%s".formatted(first, first + 60_000, filter);
	}

	@Test
	void thePageAsksNoOtherHost() throws Exception {
		for (String address : List.of(chart.origin() + "/", opened.url())) {
			HttpResponse<String> response = get(address);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
				.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
				.doesNotContain("unsafe");
			assertThat(response.body()).contains("<title>topid</title>").doesNotContain("http:", "https:");
		}
		assertThat(get(chart.origin() + "/app.js").body()).contains("SessionPage");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/tag/20261130-120000-00000000", "/app.js", "/api/sessions" })
	void headHasTheAnswerOfGetWithoutTheBody(String path) throws Exception {
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(URI.create(chart.origin() + path))
			.method("HEAD", HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).isPresent();
		assertThat(response.body()).isEmpty();
	}

	@Test
	void theLibraryIsTheOneThatWasPublished() throws Exception {
		assertThat(checksum("uPlot.iife.min.js"))
			.isEqualTo("19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f");
		assertThat(checksum("uPlot.min.css"))
			.isEqualTo("df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04");
	}

	private static String checksum(String name) throws Exception {
		try (InputStream file = PageTests.class.getResourceAsStream("/static/vendor/" + name)) {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.readAllBytes()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1:9998, 200", "localhost, 200", "LOCALHOST:1, 200", "[::1]:80, 200", "chart.example, 200",
			"evil.example, 421", "127.0.0.1.evil.example, 421", "localhost.evil.example:80, 421" })
	void aHostThatIsNotThisOneIsRefused(String host, String status) throws IOException {
		URI origin = URI.create(chart.origin());
		try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
			socket.getOutputStream()
				.write("GET /api/sessions HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host)
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 " + status);
		}
	}

	/**
	 * A browser sends again when it has all of an answer, which may be before the server
	 * is done with it.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 16 })
	void aConnectionIsReadOnAfterRequestsThatWaited(int waiting) throws IOException {
		URI origin = URI.create(chart.origin());
		String first = "GET /api/sessions HTTP/1.1\r\nHost: localhost\r\n\r\n";
		String refused = "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n";
		try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write((first + refused.repeat(waiting)).getBytes(StandardCharsets.US_ASCII));
			for (int answers = 0; answers < waiting;) {
				answers += line(socket.getInputStream()).contains("HTTP/1.1 421") ? 1 : 0;
			}
			socket.getOutputStream()
				.write("GET /api/sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains("HTTP/1.1 200");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH", "OPTIONS" })
	void onlyReadingIsAllowed(String method) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(chart.origin() + "/api/sessions"))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		assertThat(this.http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
	}

	@Test
	void sessionsAndTheirDetails() throws Exception {
		JsonNode entry = json(chart.origin() + "/api/sessions").get(0);
		assertThat(entry.get("tag").asString()).isEqualTo("tag");
		assertThat(entry.get("live").asBoolean()).isTrue();
		JsonNode details = json(api);
		assertThat(details.get("firstMillis").asLong()).isEqualTo(first);
		assertThat(details.get("machine").get("kernel").asString()).isEqualTo("Linux 6.1");
		assertThat(details.get("snapshots").size()).isEqualTo(2);
		assertThat(get(api + "/snapshots/" + details.get("snapshots").get(1).asLong()).body()).isEqualTo("tree 31");
		assertThat(get(chart.origin() + "/api/sessions/tag/other").statusCode()).isEqualTo(404);
		assertThat(get(api + "/snapshots/5").statusCode()).isEqualTo(404);
	}

	@Test
	void chartsHideWhatTheFilterHidesAndAddUp() throws Exception {
		JsonNode charts = json(charts("2,10,10,20"));
		assertThat(charts.get("steps").asInt()).isEqualTo(60);
		assertThat(charts.get("filterRefused").asBoolean()).isFalse();
		JsonNode cpu = charts.get("cpu");
		assertThat(cpu.get("lines").findValuesAsString("name")).containsExactly("busy-10", "wave-11");
		assertThat(cpu.get("hidden").asInt()).isEqualTo(1);
		for (int i = 0; i < 40; i++) {
			assertThat(cpu.get("lines").get(0).get("means").get(i).asDouble()).isEqualTo(60);
			assertThat(cpu.get("lines").get(1).get("means").get(i).asDouble()).isEqualTo((i + 1) % 10);
			assertThat(cpu.get("other").get(i).asDouble()).isZero();
		}
		assertThat(cpu.get("other").get(40).isNull()).isTrue();
		assertThat(charts.get("memory").get("lines").findValuesAsString("name")).containsExactly("busy-10", "wave-11");
		assertThat(charts.get("memory").get("other").get(0).asDouble()).isBetween(0.9, 1.1);
		assertThat(json(charts("10,100,100,1000")).get("cpu").get("lines").findValuesAsString("name"))
			.containsExactly("busy-10");
		JsonNode none = json(charts("1000,1000,1000,1000")).get("cpu");
		assertThat(none.get("lines").isEmpty()).isTrue();
		assertThat(none.get("other").get(9).asDouble()).isEqualTo(60);
	}

	@Test
	void seriesOfTheMachineAreShownWhenAskedFor() throws Exception {
		assertThat(json(charts("2,10,10,20")).get("cpu").get("machine").isEmpty()).isTrue();
		JsonNode charts = json(charts("2,10,10,20") + "&machine=true");
		assertThat(charts.get("cpu").get("machine").findValuesAsString("name")).containsExactly("[cpu0.user]");
		assertThat(charts.get("cpu").get("machine").get(0).get("means").get(3).asDouble()).isEqualTo(33.25);
		assertThat(charts.get("memory").get("machine").findValuesAsString("name")).containsExactly("[memory.free]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1,2,3", "a,b,c,d", "-1,2,3,4", "1,2,3,4,5", "1e9,1,1,1", "%3Cscript%3E" })
	void aFilterThatIsNoneIsTheDefaultAndSaysSo(String filter) throws Exception {
		JsonNode charts = json(charts(filter));
		assertThat(charts.get("cpu").get("lines").size()).isEqualTo(2);
		assertThat(charts.get("filterRefused").asBoolean()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=5&to=5&width=10", "from=-1&to=5&width=10", "from=0&to=9223372036854775807&width=10",
			"from=0&to=5&width=0", "from=x&to=5&width=10", "width=10" })
	void aSpanThatIsNoneIsRefused(String span) throws Exception {
		assertThat(get(api + "/charts?" + span).statusCode()).isEqualTo(400);
	}

	@Test
	void aMomentHasAllProcessesTheLargestFirst() throws Exception {
		JsonNode rows = json(api + "/moment?at=" + (first + 4000));
		assertThat(rows.findValuesAsString("name")).hasSize(6)
			.startsWith("total", "busy-10")
			.contains("idle-12", "[memory.free]");
		assertThat(rows.get(1).get("user").asDouble()).isEqualTo(50);
		assertThat(rows.get(1).get("memory").asLong()).isEqualTo(200_000);
	}

	@Test
	void samplesArePushed() throws Exception {
		SessionOpened live = chart.open("live");
		ChartSession session = chart.session(live);
		String uri = chart.origin() + "/api/sessions/live/" + session.name() + "/live?keys=10-100";
		try (InputStream events = this.http
			.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofInputStream())
			.body()) {
			assertThat(line(events)).isEqualTo(":beat");
			chart.connection().send(RunningChart.sample(live, first, 1));
			String data = line(events);
			while (!data.startsWith("data:")) {
				data = line(events);
			}
			JsonNode sample = new JsonMapper().readTree(data.substring(5));
			assertThat(sample.get("number").asLong()).isEqualTo(1);
			assertThat(sample.get("total").get(0).asDouble()).isEqualTo(61);
			assertThat(sample.get("values").size()).isEqualTo(1);
			assertThat(sample.get("values").get("10-100").get(0).asDouble()).isEqualTo(60);
		}
	}

	private static String line(InputStream input) throws IOException {
		StringBuilder line = new StringBuilder();
		int next;
		for (next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
			line.append((char) next);
		}
		assertThat(next).as("the end of the stream after " + line).isNotNegative();
		return line.toString();
	}

}
