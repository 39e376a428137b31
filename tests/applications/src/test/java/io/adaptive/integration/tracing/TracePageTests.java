package io.adaptive.integration.tracing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.message.RemoteException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MessageTrace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The page of a trace in a real browser. Its pictures are left in
 * {@code target/screenshots}.
 */
@Timeout(120)
class TracePageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	private static Path socketDirectory;

	private static Chain chain;

	private static ConfigurableApplicationContext application;

	private static Connection service;

	private static AdaptiveNode node;

	private static Browser browser;

	@BeforeAll
	static void start() {
		browser = Browser.open();
		chain = new Chain(socketDirectory);
		application = new SpringApplicationBuilder(Asking.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.servlet.context-path=/shop", "adaptive.scopes=os",
					"adaptive.os.socket-directory=" + socketDirectory,
					"management.endpoints.web.exposure.include=adaptivetrace",
					// What the application wants of its own JSON does not concern the
					// page.
					"spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run();
		service = application.getBean("service", Connection.class);
		node = application.getBean(AdaptiveNode.class);
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
		if (application != null) {
			application.close();
		}
		if (chain != null) {
			chain.close();
		}
	}

	private static URI page(String token) {
		return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port")
				+ "/shop/actuator/adaptivetrace/" + token);
	}

	private static String mark(int count) {
		return node.tracing().mark(Ask.class, count).tokens();
	}

	private static void awaitRecords(String token, int count) {
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(node.tracing().read(token, true).stream().map(MessageTrace::records)).hasSize(1)
						.allSatisfy((records) -> assertThat(records).hasSize(count)));
	}

	private static void assertNothingCameFromElsewhere() {
		assertThat(browser.requests()).isNotEmpty()
			.allSatisfy((request) -> assertThat(request).satisfiesAnyOf(
					(address) -> assertThat(address).hasHost("127.0.0.1"),
					(address) -> assertThat(address).hasScheme("data")));
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void aConversationOfFourServicesIsDrawn() throws IOException {
		String token = mark(1);
		service.sendRecv(new Ask("Ni Hao"), Answer.class);
		awaitRecords(token, 16);
		browser.light(1400, 1180).openTrace(page(token));
		browser.takePicture("trace");
		assertThat(browser.title()).isEqualTo("Trace " + token);
		assertThat(browser.one("#summary").getText()).startsWith("16 records").contains("4 services", "5 programs");
		assertThat(browser.texts("#diagram svg .actor-top + text.actor, #diagram svg text.actor"))
			.anyMatch((text) -> text.contains("service-a"))
			.anyMatch((text) -> text.contains("service-b"))
			.anyMatch((text) -> text.contains("service-c"))
			.anyMatch((text) -> text.contains("service-d"));
		assertThat(browser.texts("#diagram svg .messageText")).isNotEmpty();
		assertThat(browser.texts("#rows .event")).hasSize(16).startsWith("client send", "handler", "client send");
		assertThat(browser.one("#rows").getText()).contains("Ni Hao", "***").doesNotContain("sesame");
		assertNothingCameFromElsewhere();
		browser.dark(1400, 1180).openTrace(page(token));
		browser.takePicture("trace-dark");
		assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(18, 22, 29)");
		assertThat(node.tracing().read(token, true)).as("the page keeps what it shows").isNotEmpty();
	}

	@Test
	void whatAMessageSaysIsNeverMarkup() throws IOException {
		String token = mark(1);
		assertThatExceptionOfType(RemoteException.class).isThrownBy(
				() -> service.sendRecv(new Ask("<img src=x onerror=alert(1)> closed; end\n%% #quot;"), Answer.class));
		awaitRecords(token, 12);
		browser.light(1400, 1000).openTrace(page(token));
		browser.takePicture("trace-error");
		assertThat(browser.all("img, #diagram script, #diagram foreignObject")).isEmpty();
		assertThat(browser.one("#rows").getText()).contains("<img src=x onerror=alert(1)>", Chain.CLOSED);
		assertThat(browser.all("#diagram svg line[marker-end*=crosshead]")).isNotEmpty();
		assertNothingCameFromElsewhere();
	}

	@Test
	void fiveHundredRecordsStayReadable() throws IOException {
		String token = mark(1);
		service.sendRecv(new Ask("many 124"), Answer.class);
		awaitRecords(token, 500);
		browser.light(1200, 800).openTrace(page(token));
		assertThat(browser.all("#rows tr")).hasSize(500);
		assertThat(browser.one("#participants").isDisplayed()).isFalse();
		browser.run("window.scrollTo(0, document.getElementById('diagram').offsetTop + 4000)");
		WebElement participants = browser.one("#participants");
		await().atMost(PATIENCE).until(participants::isDisplayed);
		browser.takePicture("trace-long");
		assertThat(participants.getText()).contains("service-a", "service-b");
		WebElement filter = browser.one("#filter");
		filter.sendKeys("depend 77");
		assertThat(browser.texts("#rows tr").stream().filter((text) -> !text.isEmpty())).isNotEmpty()
			.hasSizeLessThan(10)
			.allSatisfy((text) -> assertThat(text).contains("depend 77"));
		assertNothingCameFromElsewhere();
	}

	@Test
	void theTracesOfOneMarkAreChosenFrom() {
		String tokens = mark(3);
		List.of("one", "two", "three").forEach((input) -> service.sendRecv(new Ask(input), Answer.class));
		for (int i = 0; i < 3; i++) {
			awaitRecords(tokens.replaceAll("\\..*", "." + i), 16);
		}
		browser.light(1400, 1000).openTrace(page(tokens));
		assertThat(browser.texts("#sessions button")).containsExactly("0 · 16 records", "1 · 16 records",
				"2 · 16 records");
		browser.all("#sessions button").get(2).click();
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.one("#rows").getText()).contains("three"));
		assertThat(browser.one("#rows").getText()).doesNotContain("input=one");
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(browser.texts("#diagram svg .messageText")).isNotEmpty());
		assertThat(browser.texts("#diagram svg .messageText")).anyMatch((text) -> text.contains("three"))
			.noneMatch((text) -> text.contains("input=one"));
	}

	@Test
	void filesAreNamedByTheTraceAndOutliveItsRecords(@TempDir Path directory) throws IOException {
		String token = mark(1);
		service.sendRecv(new Ask("Ni Hao"), Answer.class);
		awaitRecords(token, 16);
		browser.savingTo(directory).light(1400, 1000).openTrace(page(token));
		download("Mermaid", directory.resolve("trace-" + token + ".mmd"), "sequenceDiagram");
		download("PlantUML", directory.resolve("trace-" + token + ".puml"), "@startuml");
		download("Text", directory.resolve("trace-" + token + ".txt"), "trace " + token);
		download("JSON", directory.resolve("trace-" + token + ".json"), "{\"token\"");
		assertThat(node.tracing().read(token, false)).isNotEmpty();
		Path again = Files.createDirectory(directory.resolve("again"));
		browser.savingTo(again);
		download("Mermaid", again.resolve("trace-" + token + ".mmd"), "sequenceDiagram");
		assertNothingCameFromElsewhere();
	}

	private static void download(String label, Path file, String start) {
		browser.all("#downloads button")
			.stream()
			.filter((button) -> button.getText().equals(label))
			.findFirst()
			.orElseThrow()
			.click();
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(file).content().startsWith(start));
	}

	@Test
	void aNoticeGoesWhenAnotherTraceIsChosen() {
		String tokens = mark(2);
		List.of("one", "two").forEach((input) -> service.sendRecv(new Ask(input), Answer.class));
		for (int i = 0; i < 2; i++) {
			awaitRecords(tokens.replaceAll("\\..*", "." + i), 16);
		}
		browser.light(1400, 1000).openTrace(page(tokens));
		// As if the records of the second had gone meanwhile.
		node.tracing().read(tokens.replaceAll("\\..*", ".1"), false);
		browser.all("#sessions button").get(1).click();
		WebElement notice = browser.one("#notice");
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(notice.getText()).contains("could not be drawn"));
		assertThat(browser.all("#diagram svg")).as("the picture of the other one").isEmpty();
		browser.all("#sessions button").get(0).click();
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.all("#diagram svg")).isNotEmpty());
		assertThat(notice.isDisplayed()).isFalse();
		assertThat(browser.complaints()).as("that the trace is gone").isNotEmpty();
	}

	@Test
	void aTraceThatIsNotThereIsExplained() throws IOException {
		browser.light(1000, 500).openTrace(page("30180061-1044-4b9e-a8ee-174806afe058.0"));
		browser.takePicture("trace-none");
		assertThat(browser.one("#notice").getText()).contains("There are no records of this trace", "clears them",
				"/shop/actuator/adaptivetrace");
		browser.openTrace(page("nonsense"));
		assertThat(browser.one("#notice").getText()).contains("could not be read", "nonsense");
		browser.openTrace(page("trace.html"));
		assertThat(browser.one("#notice").getText()).contains("Which trace?", "Write its token");
		assertThat(browser.complaints()).as("what is not there").isNotEmpty();
	}

	@Configuration
	@EnableAutoConfiguration
	static class Asking {

		@Bean
		Connection service(@Discover(publisher = "example", name = "service-a") Connection connection) {
			return connection;
		}

	}

}
