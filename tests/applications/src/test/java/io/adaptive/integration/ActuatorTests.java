package io.adaptive.integration;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
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
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The endpoints of an application, over HTTP and over JMX.
 */
@Timeout(120)
class ActuatorTests {

	@TempDir
	private Path sockets;

	private ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("adaptive.os.socket-directory=" + this.sockets.resolve("s"), "adaptive.provider-id=rack-7",
					"adaptive.workers.max=20", "server.port=0", "management.endpoints.web.exposure.include=*",
					"management.endpoint.health.show-details=always",
					"management.endpoint.health.group.readiness.include=readinessState,adaptive")
			.properties(properties)
			.run();
	}

	private static HttpResponse<String> ask(ConfigurableApplicationContext context, String method, String path,
			String body) throws IOException, InterruptedException {
		String port = context.getEnvironment()
			.getProperty("local.management.port", context.getEnvironment().getProperty("local.server.port"));
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		return FreshConnection.send(request);
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return ask(context, "GET", path, "");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theNodeIsShownAndItsPoolScaled(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type)) {
			HttpResponse<String> shown = get(context, "/actuator/adaptive");
			assertThat(shown.statusCode()).isEqualTo(200);
			assertThat(shown.body()).startsWith("{\"provider\":\"rack-7\",\"incarnation\":\"")
				.contains("\"service\":\"example/hello\",\"scopes\":[\"PROCESS\",\"OS\"],\"draining\":[]")
				.contains("\"waiting\":{\"searches\":{\"total\":0,\"leftOut\":0,\"shown\":[]}");
			HttpResponse<String> scaled = ask(context, "POST", "/actuator/adaptive",
					"{\"resident\": 3, \"queueWeight\": 4}");
			assertThat(scaled.statusCode()).isEqualTo(200);
			assertThat(scaled.body())
				.startsWith("{\"resident\":3,\"queueSizePerCore\":128,\"queueWeight\":4,\"max\":20,\"now\":");
			assertThat(context.getBean(AdaptiveNode.class).workers().resident()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void invalidScaleFactorsAreABadRequestThatNamesTheRule(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type)) {
			HttpResponse<String> refused = ask(context, "POST", "/actuator/adaptive", "{\"resident\": 0}");
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body()).contains("A pool has at least 1 resident worker, not 0");
			HttpResponse<String> mistyped = ask(context, "POST", "/actuator/adaptive", "{\"resident\": \"many\"}");
			assertThat(mistyped.statusCode()).isEqualTo(400);
			HttpResponse<String> builtin = ask(context, "DELETE", "/actuator/adaptiveservices/builtin/serviceLister",
					"");
			assertThat(builtin.statusCode()).isEqualTo(400);
			assertThat(builtin.body()).contains("Service builtin/serviceLister is built in");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aServiceIsListedUnpublishedAndThenOutOfService(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type)) {
			assertThat(get(context, "/actuator/adaptiveservices?publisher=ex*&scope=os").body())
				.startsWith("{\"services\":{\"total\":1,\"leftOut\":0,\"shown\":[{\"publisher\":\"example\",")
				.contains("\"process\":false,\"os\":true,\"lan\":false,\"wan\":false,\"addresses\":[\"unix:");
			assertThat(get(context, "/actuator/adaptiveservices?scope=moon").statusCode()).isEqualTo(400);
			assertThat(get(context, "/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(get(context, "/actuator/health/adaptive").body())
				.contains("\"services\":{\"details\":{\"published\":[\"example/hello\"]},\"status\":\"UP\"}");
			HttpResponse<String> unknown = ask(context, "DELETE", "/actuator/adaptiveservices/example/helo", "");
			assertThat(unknown.statusCode()).isEqualTo(404);
			assertThat(unknown.body()).isEqualTo(
					"{\"message\":\"This application does not publish service example/helo; it publishes example/hello\"}");
			assertThat(ask(context, "DELETE", "/actuator/adaptiveservices/builtin/serviceLister", "").statusCode())
				.isEqualTo(400);
			HttpResponse<String> unpublished = ask(context, "DELETE", "/actuator/adaptiveservices/example/hello", "");
			assertThat(unpublished.statusCode()).isEqualTo(200);
			assertThat(unpublished.body()).isEqualTo(
					"{\"service\":\"example/hello\",\"scopes\":[\"PROCESS\",\"OS\"],\"drained\":true,\"unfinished\":0}");
			assertThat(get(context, "/actuator/adaptive").body()).contains("\"outOfService\":true");
			HttpResponse<String> health = get(context, "/actuator/health/readiness");
			assertThat(health.statusCode()).isEqualTo(503);
			assertThat(health.body())
				.contains("\"services\":{\"details\":{\"published\":[]},\"status\":\"OUT_OF_SERVICE\"}");
			assertThat(get(context, "/actuator/info").body()).contains("\"adaptive\":{\"version\":\"")
				.contains("\"provider\":\"rack-7\"");
		}
	}

	@Test
	void endpointsWorkOnAPortAndPathOfTheirOwn() throws Exception {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, "management.server.port=0",
				"management.endpoints.web.base-path=/manage")) {
			assertThat(get(context, "/manage/adaptive").body()).contains("\"provider\":\"rack-7\"");
			assertThat(ask(context, "DELETE", "/manage/adaptiveservices/example/hello", "").statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void anEndpointThatMayOnlyBeReadChangesNothing() throws Exception {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"management.endpoints.access.default=read-only")) {
			assertThat(get(context, "/actuator/adaptive").statusCode()).isEqualTo(200);
			assertThat(ask(context, "POST", "/actuator/adaptive", "{\"resident\": 3}").statusCode()).isEqualTo(405);
			assertThat(ask(context, "DELETE", "/actuator/adaptiveservices/example/hello", "").statusCode()).isIn(404,
					405);
			assertThat(context.getBean(AdaptiveNode.class).workers().resident()).isEqualTo(1);
		}
	}

	@Test
	void anApplicationWithoutAWebServerIsAskedOverJmx() throws JMException {
		try (ConfigurableApplicationContext context = start(WebApplicationType.NONE, "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=*")) {
			MBeanServer server = ManagementFactory.getPlatformMBeanServer();
			ObjectName node = new ObjectName("org.springframework.boot:type=Endpoint,name=Adaptive");
			ObjectName services = new ObjectName("org.springframework.boot:type=Endpoint,name=Adaptiveservices");
			assertThat((Map<?, ?>) server.invoke(node, "node", new Object[0], new String[0]))
				.extracting((map) -> map.get("provider"))
				.isEqualTo("rack-7");
			Object scaled = server.invoke(node, "scale", new Object[] { 3, null, null, null }, new String[4]);
			assertThat((Map<?, ?>) scaled).extracting((map) -> map.get("resident")).isEqualTo(3);
			assertThatExceptionOfType(ReflectionException.class)
				.isThrownBy(
						() -> server.invoke(services, "unpublish", new Object[] { "example", "helo" }, new String[2]))
				.withMessageContaining("it publishes example/hello");
			Object unpublished = server.invoke(services, "unpublish", new Object[] { "example", "hello" },
					new String[2]);
			assertThat((Map<?, ?>) unpublished).extracting((map) -> map.get("drained")).isEqualTo(true);
			assertThat(context.getBean(AdaptiveNode.class).view().isOutOfService()).isTrue();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Hello hello() {
			return new Hello();
		}

	}

	@AdaptiveService(publisher = "example", name = "hello")
	static class Hello {

		@MessageHandler
		Note hello(Note note) {
			return note;
		}

	}

	record Note(String text) {
	}

}
