package io.adaptive.topidchart.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import perf.topid.message.ChartMessages.SessionOpened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in a real browser. Its pictures are left in {@code target/screenshots}.
 */
@SlowTest
@Timeout(180)
class ChartPageTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	private static Path folder;

	private static RunningChart chart;

	private static Browser browser;

	private static final int SAMPLES = 150;

	private final long first = System.currentTimeMillis() / 1000 * 1000 - 1000 * (SAMPLES + 15);

	private SessionOpened session;

	@BeforeAll
	static void start() {
		browser = Browser.open();
		chart = RunningChart.start(folder);
	}

	@AfterAll
	static void stop() {
		if (chart != null) {
			chart.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void open() {
		this.session = chart.open("page");
		send(1, SAMPLES);
		browser.light(1280, 900);
		browser.requests();
		browser.complaints();
	}

	@AfterEach
	void noComplaintAndNoRequestToAnotherHost() {
		assertThat(browser.complaints()).isEmpty();
		assertThat(browser.requests()).isNotEmpty()
			.allMatch((request) -> List.of("data", "blob").contains(request.getScheme())
					|| request.toString().startsWith(chart.origin()), "of this host");
	}

	private void send(long from, long to) {
		LongStream.rangeClosed(from, to)
			.forEach((number) -> chart.connection().send(RunningChart.sample(this.session, this.first, number)));
		await().atMost(LONG).until(() -> chart.session(this.session).progress().lastNumber() == to);
	}

	/** At one moment: the legend is made anew with each sample. */
	private static List<String> names(String chart) {
		return texts("#%s-legend .name".formatted(chart));
	}

	private static List<String> texts(String selector) {
		Object texts = browser
			.run("return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)", selector);
		return ((List<?>) texts).stream().map(String::valueOf).toList();
	}

	private static void eventually(Runnable check) {
		await().atMost(LONG).ignoreExceptions().untilAsserted(check::run);
	}

	@Test
	void samplesAppearAsTheyArrive() throws IOException {
		browser.openSession(this.session.url());
		assertThat(names("cpu")).containsExactly("busy-10", "wave-11", "other (1)");
		assertThat(browser.one("#cpu").getDomAttribute("data-points")).isEqualTo("150");
		eventually(() -> assertThat(browser.one("#live").getText()).isEqualTo("live"));
		send(151, 155);
		eventually(() -> assertThat(browser.one("#cpu").getDomAttribute("data-points")).isEqualTo("155"));
		assertThat(browser.one("html").getDomAttribute("data-sample")).isEqualTo("155");
		assertThat(texts("#cpu-legend .value")).containsExactly("60.0", "5.0", "0.0");
		browser.takePicture("topid-light");
		browser.dark(1280, 900);
		eventually(() -> assertThat(browser.one("html").getDomAttribute("data-theme")).isEqualTo("dark"));
		browser.takePicture("topid-dark");
	}

	@Test
	void theFilterIsOfTheAddressAndOfTheControls() {
		browser.openSession(this.session.url() + "?filter=10,100,60,100");
		assertThat(names("cpu")).containsExactly("busy-10", "other (2)");
		assertThat(names("memory")).containsExactly("busy-10", "other (2)");
		browser.run("const f = document.forms[0].elements; f.f0.value = 0; f.f1.value = 0;"
				+ "f.f1.dispatchEvent(new Event('change', { bubbles: true }))");
		eventually(() -> assertThat(names("cpu")).containsExactly("busy-10", "wave-11", "other (1)"));
		assertThat(browser.address()).contains("filter=0,0,60,100");
		browser.openSession(this.session.url() + "?filter=all");
		assertThat(browser.one("#message").getText()).contains("The default is used");
		assertThat(names("cpu")).hasSize(3);
	}

	@Test
	void aDragZoomsBothChartsAndAClickListsAllProcesses() throws IOException {
		browser.openSession(this.session.url());
		browser.dragIn(browser.one("#cpu .u-over"), 300, 400);
		eventually(() -> assertThat(browser.one("#live").getText()).isEqualTo("frozen"));
		String address = browser.address();
		assertThat(address).contains("from=", "to=");
		browser.clickIn(browser.one("#memory .u-over"), 0, 0);
		eventually(() -> assertThat(texts("#moment tbody td:first-child")).hasSize(6)
			.startsWith("total", "busy-10")
			.contains("idle-12"));
		assertThat(browser.address()).contains("at=");
		browser.takePicture("topid-moment");
		send(151, 153);
		String points = browser.one("#cpu").getDomAttribute("data-points");
		browser.openSession(browser.address());
		assertThat(browser.one("#live").getText()).isEqualTo("frozen");
		assertThat(browser.one("#cpu").getDomAttribute("data-points")).isEqualTo(points);
		eventually(() -> assertThat(texts("#moment tbody td:first-child")).hasSize(6));
		browser.one("#freeze").click();
		eventually(() -> assertThat(browser.one("#cpu").getDomAttribute("data-points")).isEqualTo("153"));
	}

	@Test
	void theKeyboardAlone() {
		browser.openSession(this.session.url());
		browser.press("f");
		eventually(() -> assertThat(browser.address()).contains("from="));
		String before = browser.address();
		browser.press(Keys.ARROW_LEFT);
		eventually(() -> assertThat(browser.address()).contains("from=").isNotEqualTo(before));
		browser.press("f");
		eventually(() -> assertThat(browser.address()).doesNotContain("from="));
		browser.press("n");
		eventually(() -> assertThat(browser.address()).contains("only=10-100"));
		browser.press("n");
		eventually(() -> assertThat(browser.address()).contains("only=11-100"));
		browser.press(Keys.ESCAPE);
		eventually(() -> assertThat(browser.address()).doesNotContain("only="));
	}

	@Test
	void aPhoneNeedsNoScrollingSideways() throws IOException {
		browser.dark(390, 844).openSession(this.session.url() + "?machine=1");
		assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
		browser.takePicture("topid-phone");
		browser.open(chart.origin() + "/");
		eventually(() -> assertThat(texts("#sessions tbody a")).isNotEmpty());
		assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
		browser.takePicture("topid-list-phone");
	}

	@Test
	void treesMachineAndAverages() throws IOException {
		browser.openSession(this.session.url());
		for (String part : List.of("snapshots", "information", "pie", "help")) {
			browser.one("#%s summary".formatted(part)).click();
		}
		eventually(() -> assertThat(browser.one("#snapshots pre").getText()).isEqualTo("tree 121"));
		assertThat(browser.one("#information").getText()).contains("Linux 6.1", "a processor", "$ uname");
		eventually(() -> assertThat(browser.all("#cpu-pie path")).hasSize(2));
		browser.takePicture("topid-details");
	}

	@Test
	void whatIsSeenIsExported(@TempDir Path saved) throws IOException {
		browser.savingTo(saved).openSession(this.session.url());
		Map<String, String> files = Map.of("csv", "time", "json", "{", "png", "PNG");
		files.keySet().forEach((id) -> browser.one("#" + id).click());
		eventually(() -> assertThat(saved.toFile().list()).hasSize(3)
			.allMatch((name) -> name.matches(".*\\.(csv|json|png)")));
		List<String> rows;
		try (Stream<Path> all = Files.list(saved)) {
			rows = Files.readAllLines(all.filter((file) -> file.toString().endsWith(".csv")).findFirst().orElseThrow());
		}
		assertThat(rows).hasSize(SAMPLES + 1);
		assertThat(rows.get(0))
			.startsWith("\"time\",\"busy-10 CPU %\",\"wave-11 CPU %\",\"other CPU %\",\"total CPU %\"");
		assertThat(rows.subList(1, SAMPLES + 1)).allSatisfy((row) -> {
			String[] cells = row.split(",", -1);
			assertThat(Double.parseDouble(cells[1]) + Double.parseDouble(cells[2]) + Double.parseDouble(cells[3]))
				.isEqualTo(Double.parseDouble(cells[4]));
		});
		try (Stream<Path> all = Files.list(saved)) {
			assertThat(all.filter((file) -> file.toString().endsWith(".png")).findFirst().orElseThrow().toFile())
				.isNotEmpty();
		}
	}

	@Test
	void namesAreTextAndNoMarkup() {
		SessionOpened hostile = chart.open("markup");
		chart.connection().send(RunningChart.named(hostile, this.first, "<img src=x onerror=document.title='taken'>"));
		await().atMost(LONG).until(() -> chart.session(hostile).progress().lastNumber() == 1);
		browser.openSession(hostile.url());
		assertThat(names("cpu")).first().asString().startsWith("<img src=x");
		assertThat(browser.run("return document.title")).isEqualTo("markup – topid");
		assertThat(URI.create(browser.address()).getPath()).startsWith("/markup/");
	}

}
