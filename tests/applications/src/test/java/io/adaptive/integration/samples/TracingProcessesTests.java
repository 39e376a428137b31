package io.adaptive.integration.samples;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * All four services, each in a JVM of its own, which see each other in four scopes.
 */
@Timeout(300)
class TracingProcessesTests {

	private static final int CONCURRENT = 32;

	private static final String REQUEST = "io.adaptive.sample.tracing.RequestA";

	@TempDir
	private static Path directory;

	private static final Deque<SampleProcess> programs = new ArrayDeque<>();

	private static final HttpClient http = HttpClient.newHttpClient();

	private static String address;

	@BeforeAll
	static void start() throws Exception {
		List<String> common = new ArrayList<>(
				List.of("--adaptive.os.socket-directory=" + directory.resolve("sockets")));
		start("b", common);
		int registry = freePort();
		int lan = freeDatagramPort();
		common.add("--adaptive.registry.addresses=127.0.0.1:" + registry);
		start("d", with(common, "--adaptive.listen.port=" + registry,
				"--adaptive.root-registry.directory=" + directory.resolve("root")));
		common.add("--adaptive.lan.port=" + lan);
		SampleProcess c = start("c", common);
		SampleProcess a = start("a", with(common, "--server.port=0"));
		String started = a.awaitLine("Tomcat started on port ").text();
		address = "http://127.0.0.1:" + started.replaceAll(".*Tomcat started on port (\\d+).*", "$1");
		c.awaitLine("published service=example/serviceC");
		// The first use of a service waits for it, however long it takes to appear.
		assertThat(ask("Hello")).isEqualTo("Hello: Hello from A(B, C(D))\n");
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(JsonPath.<List<String>>read(get("/actuator/adaptivetrace"), "$.programs"))
				.hasSizeGreaterThanOrEqualTo(3));
	}

	private static SampleProcess start(String profile, List<String> args) throws IOException {
		SampleProcess program = SampleProcess.start("tracing/target/tracing.jar",
				with(args, "--spring.profiles.active=" + profile));
		programs.push(program);
		return program;
	}

	private static List<String> with(List<String> args, String... more) {
		List<String> all = new ArrayList<>(args);
		all.addAll(List.of(more));
		return all;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static int freeDatagramPort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(0))) {
			return socket.getLocalPort();
		}
	}

	@AfterAll
	static void stop() {
		programs.forEach(SampleProcess::close);
	}

	private static String get(String path) throws Exception {
		HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + path)).build(),
				BodyHandlers.ofString());
		return answer.body();
	}

	private static String delete(String path) throws Exception {
		return http.send(HttpRequest.newBuilder(URI.create(address + path)).DELETE().build(), BodyHandlers.ofString())
			.body();
	}

	private static String ask(String input) throws Exception {
		return get("/ask?input=" + input.replace(' ', '+'));
	}

	private static String mark(int count, String filters) throws Exception {
		String body = """
				{ "type": "%s", "count": %d, "filters": "%s" }""".formatted(REQUEST, count, filters);
		HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + "/actuator/adaptivetrace"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
		return JsonPath.read(answer.body(), "$.tokens");
	}

	private static DocumentContext awaitTraces(String token, int traces) {
		return await().atMost(Duration.ofSeconds(60)).until(() -> {
			DocumentContext json = JsonPath.parse(get("/actuator/adaptivetrace/" + token));
			boolean complete = json.<List<?>>read("$..events[*]").size() == 16 * traces;
			return complete ? json : null;
		}, (json) -> json != null);
	}

	@Test
	void aMessageIsFollowedThroughFourScopesInTheOrderOfCause() throws Exception {
		String token = mark(1, "input=N*Hao");
		ask("Zai Ma");
		assertThat(ask("Ni Hao")).isEqualTo("Ni Hao: Hello from A(B, C(D))\n");
		DocumentContext trace = awaitTraces(token, 1);
		assertThat(trace.<List<String>>read("$..service")).containsExactly("example/serviceA", "example/serviceA",
				"example/serviceB", "example/serviceB", "example/serviceB", "example/serviceB", "example/serviceC",
				"example/serviceC", "example/serviceD", "example/serviceD", "example/serviceD", "example/serviceD",
				"example/serviceC", "example/serviceC", "example/serviceA", "example/serviceA");
		assertThat(trace.<List<String>>read("$..scope")).containsExactly("PROCESS", "PROCESS", "OS", "OS", "OS", "OS",
				"LAN", "LAN", "WAN", "WAN", "WAN", "WAN", "LAN", "LAN", "PROCESS", "PROCESS");
		assertThat(trace.<List<String>>read("$..program")).doesNotContainNull()
			.satisfies((all) -> assertThat(all.stream().distinct()).hasSize(4));
		assertThat(trace.<List<String>>read("$..text")).startsWith("RequestA[input=Ni Hao, password=***]");
		assertThat(get("/actuator/adaptivetrace/" + token + "?format=text")).contains("client send", "ReplyD");
		assertThat(delete("/actuator/adaptivetrace/" + token)).contains("RequestA", "ReplyD");
		assertThat(get("/actuator/adaptivetrace/" + token)).contains("There are no records of " + token);
	}

	@Test
	void conversationsAtTheSameTimeDoNotMix() throws Exception {
		String tokens = mark(CONCURRENT, "input=caller *");
		List<CompletableFuture<String>> answers = IntStream.range(0, CONCURRENT)
			.mapToObj((i) -> http
				.sendAsync(HttpRequest.newBuilder(URI.create(address + "/ask?input=caller+" + i)).build(),
						BodyHandlers.ofString())
				.thenApply(HttpResponse::body))
			.toList();
		assertThat(answers.stream().map(CompletableFuture::join))
			.allSatisfy((answer) -> assertThat(answer).contains("Hello from A(B, C(D))"));
		DocumentContext traces = awaitTraces(tokens, CONCURRENT);
		List<String> callers = new ArrayList<>();
		for (int i = 0; i < CONCURRENT; i++) {
			List<String> texts = traces.read("$.traces[%d].events[*].text".formatted(i));
			assertThat(texts).hasSize(16);
			String caller = texts.get(0).replaceAll(".*input=(caller \\d+),.*", "$1");
			callers.add(caller);
			assertThat(texts.stream().filter((text) -> text.startsWith("Request"))).hasSize(8)
				.allSatisfy((text) -> assertThat(text).containsPattern("\\b" + caller + "\\b"));
		}
		assertThat(callers).doesNotHaveDuplicates();
	}

}
