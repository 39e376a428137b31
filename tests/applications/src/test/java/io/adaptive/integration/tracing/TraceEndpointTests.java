package io.adaptive.integration.tracing;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.jayway.jsonpath.JsonPath;
import io.adaptive.integration.FreshConnection;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint {@code adaptivetrace} over HTTP, on both kinds of web servers.
 */
@Timeout(120)
class TraceEndpointTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String[] ALL_EVENTS = { "CLIENT_SEND", "HANDLER", "SERVER_SEND", "CLIENT_RECV" };

	private static final String CLASS = Ask.class.getName();

	@TempDir
	private Path socketDirectory;

	private ConfigurableApplicationContext application;

	private Connection service;

	private String endpoint;

	private void start(WebApplicationType type, String... properties) {
		this.application = new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "adaptive.scopes=os", "adaptive.os.socket-directory=" + this.socketDirectory,
					"management.endpoints.web.exposure.include=adaptivetrace")
			.properties(properties)
			.run();
		this.application.getBean(AdaptiveServer.class)
			.publish(Service.named("example", "echo").handle(Ask.class, (ask) -> new Answer(ask.input())));
		this.service = this.application.getBean(AdaptiveNode.class).newClient().discover("example", "echo");
		this.endpoint = "http://127.0.0.1:%s/actuator/adaptivetrace"
			.formatted(this.application.getEnvironment().getProperty("local.server.port"));
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	private HttpResponse<String> get(String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.endpoint + path));
		return FreshConnection.send(((headers.length > 0) ? request.headers(headers) : request).build());
	}

	private HttpResponse<String> post(String body) throws Exception {
		return FreshConnection.send(HttpRequest.newBuilder(URI.create(this.endpoint))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build());
	}

	private HttpResponse<String> delete(String query) throws Exception {
		return FreshConnection.send(HttpRequest.newBuilder(URI.create(this.endpoint + query)).DELETE().build());
	}

	private String markedByHttp(String body) throws Exception {
		HttpResponse<String> answer = post(body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonPath.read(answer.body(), "$.tokens");
	}

	private String awaitBody(String path, String... parts) {
		return await().atMost(PATIENCE)
			.until(() -> get(path).body(), (body) -> Stream.of(parts).allMatch(body::contains));
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aMarkedMessageIsReadInEveryFormat(WebApplicationType type) throws Exception {
		start(type);
		String token = markedByHttp("""
				{ "type": "%s", "count": 1, "filters": "input=N*Hao" }""".formatted(CLASS));
		this.service.sendRecv(new Ask("Zai Ma"), Answer.class);
		this.service.sendRecv(new Ask("Ni Hao"), Answer.class);
		String json = awaitBody("/" + token + "", "CLIENT_SEND", "HANDLER", "SERVER_SEND", "CLIENT_RECV");
		assertThat(json).contains("Ni Hao", "***").doesNotContain("Zai Ma", "sesame");
		assertThat(JsonPath.<String>read(json, "$.traces[0].events[0].hop")).matches("[0-9a-f]{16}");
		assertThat(get("/" + token + "?format=text").body()).contains("Ni Hao");
		assertThat(get("/" + token + "?format=plantuml").body()).startsWith("@startuml");
		HttpResponse<String> mermaid = get("/" + token + "?format=mermaid");
		assertThat(mermaid.body()).startsWith("sequenceDiagram");
		assertThat(mermaid.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
		assertThat(get("/" + token + "", "Accept", "text/plain").body()).doesNotStartWith("{").contains("Ni Hao");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void onlyDeleteClearsAndAnswersWhatItCleared(WebApplicationType type) throws Exception {
		start(type);
		String token = tracedCall();
		HttpRequest head = HttpRequest.newBuilder(URI.create(this.endpoint + "/" + token))
			.method("HEAD", BodyPublishers.noBody())
			.build();
		assertThat(FreshConnection.send(head).statusCode()).isEqualTo(200);
		assertThat(get("/" + token + "?keep=false").statusCode()).isEqualTo(200);
		assertThat(get("/all").statusCode()).isEqualTo(200);
		HttpResponse<String> cleared = delete("/" + token);
		assertThat(cleared.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<List<String>>read(cleared.body(), "$.traces[0].events[*].event")).hasSize(4);
		for (HttpResponse<String> gone : List.of(get("/" + token), delete("/" + token))) {
			assertThat(gone.statusCode()).isEqualTo(404);
			assertThat(gone.body()).contains("There are no records of " + token);
		}
		assertThat(delete("/all").body()).contains("\"traces\":[]");
		assertRefused(delete("/nonsense"), "nonsense");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whoMayOnlyReadCannotClear(WebApplicationType type) throws Exception {
		start(type, "management.endpoint.adaptivetrace.access=read-only");
		String token = this.application.getBean(AdaptiveNode.class).tracing().mark(Ask.class, 1).tokens();
		this.service.sendRecv(new Ask("Ni Hao"), Answer.class);
		awaitBody("/" + token, ALL_EVENTS);
		assertThat(delete("/" + token).statusCode()).isBetween(400, 499);
		assertThat(post("{ \"type\": \"%s\" }".formatted(CLASS)).statusCode()).isBetween(400, 499);
		assertThat(get("/" + token).statusCode()).isEqualTo(200);
	}

	@Test
	void jmxReadsAndClears() throws Exception {
		start(WebApplicationType.SERVLET, "spring.jmx.enabled=true", "spring.jmx.unique-names=true",
				"management.endpoints.jmx.exposure.include=adaptivetrace");
		String token = tracedCall();
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = server
			.queryNames(ObjectName.getInstance("org.springframework.boot:type=Endpoint,name=Adaptivetrace,*"), null)
			.iterator()
			.next();
		String[] signature = { String.class.getName() };
		for (String operation : List.of("read", "read", "clear")) {
			assertThat(server.invoke(name, operation, new Object[] { token }, signature)).asString().contains("Ni Hao");
		}
		assertThat(server.invoke(name, "read", new Object[] { token }, signature)).asString().doesNotContain("Ni Hao");
	}

	private String tracedCall() throws Exception {
		String token = markedByHttp("{ \"type\": \"%s\" }".formatted(CLASS));
		this.service.sendRecv(new Ask("Ni Hao"), Answer.class);
		awaitBody("/" + token, ALL_EVENTS);
		return token;
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aBrowserGetsThePageWhateverTheTraceIs(WebApplicationType type) throws Exception {
		start(type);
		HttpResponse<String> page = get("/30180061-1044-4b9e-a8ee-174806afe058.0", "Accept",
				"text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.body()).contains("Content-Security-Policy", "trace.js");
		assertThat(get("/trace.js", "Accept", "*/*").headers().firstValue("Content-Type"))
			.hasValue("text/javascript;charset=UTF-8");
		assertThat(get("/trace.css", "Accept", "text/css,*/*;q=0.1").headers().firstValue("Content-Type"))
			.hasValue("text/css;charset=UTF-8");
		assertThat(get("/mermaid.min.js").body()).hasSizeGreaterThan(1_000_000);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void marksAreListedAndRemoved(WebApplicationType type) throws Exception {
		start(type);
		markedByHttp("""
				{ "type": "%s", "count": 3, "filters": "input=a*" }""".formatted(CLASS));
		String overview = get("").body();
		assertThat(JsonPath.<Integer>read(overview, "$.marks[0].count")).isEqualTo(3);
		assertThat(JsonPath.<String>read(overview, "$.marks[0].filters[0]")).isEqualTo("input=a*");
		assertThat(overview).contains(CLASS, "\"statistics\"", "\"programs\"");
		assertThat(get("?pattern=nothing*").body()).contains("\"types\":[]");
		assertThat(delete("?type=" + CLASS).body()).isEqualTo("{\"marks\":[]}");
		assertThat(get("").body()).contains("\"marks\":[]");
		markedByHttp("{ \"type\": \"%s\" }".formatted(CLASS));
		assertThat(delete("").body()).isEqualTo("{\"marks\":[]}");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void filtersAreSeparatedByCommasAndMayHaveSome(WebApplicationType type) throws Exception {
		start(type);
		String token = markedByHttp("""
				{ "type": "%s", "filters": "input=Doe\\\\, J*, input=*ne" }""".formatted(CLASS));
		assertThat(JsonPath.<List<String>>read(get("").body(), "$.marks[0].filters")).containsExactly("input=Doe, J*",
				"input=*ne");
		this.service.sendRecv(new Ask("Doe, John"), Answer.class);
		this.service.sendRecv(new Ask("Doe, Jane"), Answer.class);
		assertThat(awaitBody("/" + token, ALL_EVENTS)).contains("Doe, Jane").doesNotContain("John");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whatIsWrongIsNamed(WebApplicationType type) throws Exception {
		start(type);
		assertRefused(post("{ \"type\": \"%s\" }".formatted(CLASS.replace("Ask", "Task"))), CLASS);
		assertRefused(post("{ \"type\": \"%s\", \"filters\": \"inputt=x\" }".formatted(CLASS)), "input");
		assertRefused(post("{ \"type\": \"%s\", \"filters\": \"input\" }".formatted(CLASS)), "field=pattern");
		assertRefused(post("{ \"type\": \"%s\", \"filters\": \"password=x\" }".formatted(CLASS)), "password");
		assertRefused(post("{ \"type\": \"%s\", \"count\": 5000 }".formatted(CLASS)), "4096");
		assertNotFound(delete("?type=" + CLASS), "no type is");
		markedByHttp("{ \"type\": \"%s\" }".formatted(CLASS));
		assertNotFound(delete("?type=Task"), "marked are " + CLASS);
		assertNotFound(delete("?program=nobody"), "No program is named");
		assertRefused(get("/nonsense"), "nonsense");
		assertRefused(get("/all?format=svg"), "There are: plantuml, mermaid, text, json, html");
	}

	private static void assertNotFound(HttpResponse<String> answer, String message) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
		assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"", message);
	}

	private static void assertRefused(HttpResponse<String> answer, String message) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(answer.body()).contains("\"code\":\"INVALID_ARGUMENT\"", message);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void anotherPortAndPathServeThePageToo(WebApplicationType type) throws Exception {
		// Boot expects one kind of server on the class path, here are two.
		start(type, "management.server.port=0", "management.endpoints.web.base-path=/manage",
				"management.server.address=127.0.0.1",
				"spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
						+ "TomcatReactiveManagementContextAutoConfiguration");
		this.endpoint = "http://127.0.0.1:%s/manage/adaptivetrace"
			.formatted(this.application.getEnvironment().getProperty("local.management.port"));
		assertThat(get("/all", "Accept", "text/html").body()).contains("trace.js");
		assertThat(get("/trace.js").statusCode()).isEqualTo(200);
		assertThat(get("/mermaid.min.js").statusCode()).isEqualTo(200);
		assertThat(get("/all").body()).isEqualTo("{\"token\":\"all\",\"traces\":[],\"leftOut\":0}");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
