package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application logs, in the formats of Spring Boot.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoggingTests {

	private static final Logger logger = LoggerFactory.getLogger(LoggingTests.class);

	@TempDir
	private Path sockets;

	private void run(String scope, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("adaptive.os.socket-directory=" + this.sockets.resolve("s"), "adaptive.provider-id=rack-7",
					"spring.main.banner-mode=off", "adaptive.clients.hello.scopes=" + scope)
			.properties(properties)
			.run()) {
			MDC.put("user", "ann");
			context.getBean(Greeter.class).greet();
			logger.info("in the caller");
		}
		finally {
			MDC.clear();
		}
	}

	@AfterEach
	void plainLogAgain() {
		System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
		LoggingSystem system = LoggingSystem.get(getClass().getClassLoader());
		system.cleanUp();
		system.beforeInitialize();
		system.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
		system.cleanUp();
	}

	private static JsonNode line(CapturedOutput output, String text) {
		List<JsonNode> lines = output.getOut()
			.lines()
			.filter((line) -> line.startsWith("{"))
			.map((line) -> JsonMapper.shared().readTree(line))
			.filter((line) -> line.path("message").asString().startsWith(text))
			.toList();
		assertThat(lines).as(text).hasSize(1);
		return lines.get(0);
	}

	@Test
	void aPlainLogHasThePairsOnceAndNothingOfHandlers(CapturedOutput output) {
		run("os");
		List<String> published = output.getOut()
			.lines()
			.filter((line) -> line.contains(": published service="))
			.toList();
		assertThat(published).hasSize(2)
			.anySatisfy((line) -> assertThat(line).endsWith(": published service=example/hello scopes=[OS]")
				.containsOnlyOnce("example/hello"));
		assertThat(output.getOut()).contains("in the handler null/null/null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "process", "os" })
	void aLogInTheElasticFormatHasFieldsForPairsAndForWhatHandlersWorkOn(String scope, CapturedOutput output) {
		run(scope, "logging.structured.format.console=ecs");
		JsonNode connected = line(output, "connected service=");
		assertThat(connected.path("adaptive").path("service").asString()).isEqualTo("example/hello");
		assertThat(connected.path("adaptive").path("scope").asString()).isEqualToIgnoringCase(scope);
		assertThat(connected.path("log").path("level").asString()).isEqualTo("INFO");
		JsonNode handled = line(output, "in the handler");
		assertThat(handled.path("message").asString()).isEqualTo("in the handler example/hello/rack-7/1");
		assertThat(handled.path("adaptive").path("service").asString()).isEqualTo("example/hello");
		assertThat(handled.path("adaptive").path("provider").asString()).isEqualTo("rack-7");
		assertThat(handled.path("adaptive").path("stream").asString()).isEqualTo("1");
		JsonNode caller = line(output, "in the caller");
		assertThat(caller.path("adaptive").isMissingNode()).isTrue();
		assertThat(caller.path("user").asString()).isEqualTo("ann");
	}

	@Test
	void aLogInTheLogstashFormatHasThemToo(CapturedOutput output) {
		run("os", "logging.structured.format.console=logstash");
		assertThat(line(output, "published service=example/hello scopes=[OS]").path("adaptive.service").asString())
			.isEqualTo("example/hello");
		assertThat(line(output, "in the handler").path("adaptive.stream").asString()).isEqualTo("1");
	}

	@Test
	void whatHandlersWorkOnCanBeLeftOut(CapturedOutput output) {
		run("os", "logging.structured.format.console=ecs", "adaptive.logging.mdc=false");
		assertThat(line(output, "in the handler").path("adaptive").isMissingNode()).isTrue();
	}

	@Test
	void whatHandlersWorkOnCanBeHadInAPlainLog(CapturedOutput output) {
		run("os", "adaptive.logging.mdc=true");
		assertThat(output.getOut()).contains("in the handler example/hello/rack-7/1");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AdaptiveAutoConfiguration.class, DiscoverAutoConfiguration.class })
	static class Application {

		@Bean
		Hello hello() {
			return new Hello();
		}

		@Bean
		Greeter greeter(@Discover(publisher = "example", name = "hello") Connection hello) {
			return new Greeter(hello);
		}

	}

	@AdaptiveService(publisher = "example", name = "hello")
	static class Hello {

		@MessageHandler
		Note hello(Note note) {
			logger.info("in the handler {}/{}/{}", MDC.get("adaptive.service"), MDC.get("adaptive.provider"),
					MDC.get("adaptive.stream"));
			return note;
		}

	}

	record Greeter(Connection hello) {

		void greet() {
			this.hello.setReceiveTimeout(Duration.ofSeconds(20));
			this.hello.sendRecv(new Note("a"), Note.class);
		}

	}

	record Note(String text) {
	}

}
