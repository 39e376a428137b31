package io.adaptive.sample.hello.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import io.adaptive.node.ProcessSpace;
import io.adaptive.sample.hello.message.HelloReply;
import io.adaptive.sample.hello.message.HelloRequest;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HelloServer}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(ProcessSpace.class)
class HelloServerTests {

	@TempDir
	private static Path socketDirectory;

	@Discover(publisher = "example", name = "hello")
	private Connection hello;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void meetNobodyElse(DynamicPropertyRegistry registry) {
		registry.add("adaptive.os.socket-directory", () -> socketDirectory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			who are you      | I am hello server, John
			WHO ARE YOU?     | I am hello server, John
			how are you      | I am good, John
			and how are you? | I am good, John
			where are you    | I don't know, John
			""")
	void answersTheQuestion(String question, String answer) {
		HelloReply reply = this.hello.sendRecv(new HelloRequest("John", question), HelloReply.class);
		assertThat(reply).isEqualTo(new HelloReply(answer));
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptive.workers.resident", "adaptive.workers.idle", "adaptive.workers.busy",
			"adaptive.workers.total", "adaptive.workers.target", "adaptive.queue.queued" })
	void metricIsReadOverHttp(String metric) throws Exception {
		HttpResponse<String> response = get("/actuator/metrics/" + metric);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"name\":\"" + metric + "\"", "\"statistic\":\"VALUE\"");
	}

	@Test
	void healthIsReadOverHttp() throws Exception {
		assertThat(get("/actuator/health").body()).contains("UP");
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
