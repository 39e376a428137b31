package io.adaptive.topidchart.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.message.ChartMessages.PinSession;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionPinned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The views of the page in a real browser: comparison, history, one process, single
 * moments, and answers that are late. Its pictures are left in
 * {@code target/screenshots}.
 */
@SlowTest
@Timeout(180)
class ChartViewTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int SAMPLES = 60;

	@TempDir
	private static Path folder;

	private static RunningChart chart;

	private static Browser browser;

	private final long first = System.currentTimeMillis() / 1000 * 1000 - 1000 * (SAMPLES + 15) + 700;

	private SessionOpened session;

	@BeforeAll
	static void start() {
		browser = Browser.open();
		chart = RunningChart.start(folder, "topidchart.session.block-samples=20");
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
		this.session = chart.open("view");
		send(this.session, this.first, 1, SAMPLES);
		browser.light(1280, 900);
		browser.complaints();
	}

	@AfterEach
	void noComplaint() {
		assertThat(browser.complaints()).isEmpty();
	}

	/**
	 * The process with the number of its sample as memory in megabytes ends after 30
	 * samples.
	 */
	private static Sample sample(SessionOpened session, long first, long number) {
		List<ProcessSample> processes = new ArrayList<>(
				List.of(new ProcessSample(20, 1, "count", number, 0, 1024 * number),
						new ProcessSample(21, 1, "constructor", 30, 0, 40_000)));
		if (number <= 30) {
			processes.add(new ProcessSample(22, 1, "__proto__", 60, 0, 60_000));
		}
		return new Sample(session.key(), number, first + 1000 * (number - 1), 0, processes,
				RunningChart.sample(session, first, number).system(), (number % 20 == 1) ? "tree " + number : "");
	}

	private static void send(SessionOpened session, long first, long from, long to) {
		LongStream.rangeClosed(from, to).forEach((number) -> chart.connection().send(sample(session, first, number)));
		await().atMost(LONG).until(() -> chart.session(session).progress().lastNumber() == to);
	}

	private static List<String> texts(String selector) {
		Object texts = browser
			.run("return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)", selector);
		return ((List<?>) texts).stream().map(String::valueOf).toList();
	}

	/** The colour of each name in a legend. */
	private static Map<String, String> colors(String legend) {
		List<?> fills = (List<?>) browser.run(
				"return [...document.querySelectorAll(arguments[0] + ' rect')].map((each) => each.getAttribute('fill'))",
				legend);
		List<String> names = texts(legend + " .name");
		return IntStream.range(0, fills.size())
			.boxed()
			.collect(Collectors.toMap(names::get, (i) -> (String) fills.get(i)));
	}

	private static void eventually(Runnable check) {
		await().atMost(LONG).ignoreExceptions().untilAsserted(check::run);
	}

	/** Changes a field as its user does. */
	private static void set(String name, Object value) {
		browser.run("const field = document.forms[0].elements.namedItem(arguments[0]);"
				+ "if (field.type === 'checkbox') { field.checked = arguments[1]; } else { field.value = arguments[1]; }"
				+ "field.dispatchEvent(new Event('change', { bubbles: true }))", name, value);
	}

	private static void filter(int average, int greatest) {
		browser.run("document.forms[0].elements.namedItem('f0').value = arguments[0]", average);
		set("f1", greatest);
	}

	private String page() {
		return URI.create(this.session.url()).getPath().substring(1);
	}

	@Test
	void aClickListsTheSampleThatIsShownThere() {
		browser.openSession(this.session.url() + "?window=60&filter=0,0,0,0");
		for (int x : new int[] { -300, -100, 0, 100, 300 }) {
			browser.clickIn(browser.one("#memory .u-over"), x, 0);
			eventually(() -> assertThat(texts("#moment tbody td:first-child")).contains("count-20"));
			eventually(() -> assertThat(shownAtPointer()).isEqualTo(listed()));
		}
	}

	/** The legend has the value at the pointer. */
	private static String shownAtPointer() {
		return texts("#memory-legend li").stream()
			.filter((text) -> text.startsWith("count-20"))
			.findFirst()
			.orElseThrow()
			.replace("count-20", "")
			.replaceFirst("\\..*", "");
	}

	private static String listed() {
		List<String> cells = texts("#moment tbody td");
		return String.valueOf(Long.parseLong(cells.get(cells.indexOf("count-20") + 3)) / 1024);
	}

	@Test
	void anAnswerThatIsLateDoesNotReplaceALaterOne() {
		browser.openSession(this.session.url() + "?filter=0,0,0,0");
		browser.run("const real = window.fetch; window.fetch = async (path, options) => {"
				+ "const answer = await real(path, options); if (!String(path).includes('filter=50')) { return answer; }"
				+ "const body = await answer.json(); await new Promise((done) => window.release = done);"
				+ "setTimeout(() => window.used = true); return { ok: true, json: async () => body }; }");
		filter(50, 59);
		eventually(() -> assertThat(browser.run("return window.release !== undefined")).isEqualTo(true));
		filter(0, 0);
		eventually(() -> assertThat(browser.address()).contains("filter=0,0,0,0"));
		eventually(() -> assertThat(texts("#cpu-legend .name")).hasSize(4));
		browser.run("const legend = document.getElementById('cpu-legend'); window.sizes = [legend.children.length];"
				+ "new MutationObserver(() => window.sizes.push(legend.children.length)).observe(legend, { childList: true });"
				+ "window.release()");
		eventually(() -> assertThat(browser.run("return window.used")).isEqualTo(true));
		assertThat((List<?>) browser.run("return window.sizes")).allSatisfy((size) -> assertThat(size).isEqualTo(4L));
	}

	@Test
	void samplesThatArriveWhileChartsAreLoadedStay() {
		browser.openSession(this.session.url() + "?window=300&filter=0,0,0,0");
		eventually(() -> assertThat(browser.one("#live").getText()).isEqualTo("live"));
		browser.run("const real = window.fetch; window.held = 0; window.fetch = async (path, options) => {"
				+ "const answer = await real(path, options);"
				+ "if (String(path).includes('/charts?') && !window.held) { window.held++; await new Promise((done) => window.release = done); }"
				+ "return answer; }");
		set("top", 29);
		eventually(() -> assertThat(browser.run("return window.held")).isEqualTo(1L));
		send(this.session, this.first, SAMPLES + 1, SAMPLES + 4);
		String last = String.valueOf(SAMPLES + 4);
		eventually(() -> assertThat(browser.one("html").getDomAttribute("data-sample")).isEqualTo(last));
		browser.run(
				"window.points = []; new MutationObserver(() => window.points.push(document.getElementById('cpu').dataset.points))"
						+ ".observe(document.getElementById('cpu'), { attributes: true }); window.release()");
		eventually(() -> assertThat((List<?>) browser.run("return window.points")).isNotEmpty());
		assertThat((List<?>) browser.run("return window.points"))
			.allSatisfy((points) -> assertThat(points).isEqualTo(last));
	}

	@Test
	void anotherSessionIsShownBesideByTimeAndFromTheStarts() throws IOException {
		SessionOpened later = chart.open("later");
		send(later, this.first + 30_000, 1, 30);
		String name = URI.create(later.url()).getPath().substring(1);
		browser.openSession(this.session.url() + "?window=60&filter=0,0,0,0");
		eventually(() -> assertThat(texts("select[name=other] option")).contains(name));
		set("other", name);
		eventually(() -> assertThat(browser.one("#other-cpu").getDomAttribute("data-points")).isEqualTo("30"));
		assertThat(browser.address()).contains("with=" + name).doesNotContain("align");
		assertThat(firstStep("#other-cpu")).isEqualTo(30 + firstStep("#cpu"));
		set("align", "start");
		eventually(() -> assertThat(firstStep("#other-cpu")).isEqualTo(firstStep("#cpu")));
		Map<String, String> colors = colors("#cpu-legend");
		assertThat(colors).hasSize(4)
			.isEqualTo(colors("#memory-legend"))
			.isEqualTo(colors("#other-cpu-legend"))
			.isEqualTo(colors("#other-memory-legend"));
		assertThat(colors.values()).doesNotHaveDuplicates();
		browser.takePicture("topid-compare");
		String address = browser.address();
		assertThat(address).contains("align=start");
		browser.clickIn(browser.one("#other-cpu .u-over"), -250, 0);
		eventually(() -> assertThat(browser.one("#moment-title").getText()).endsWith(" of " + name));
		assertThat(browser.address()).contains("of=other");
		String title = browser.one("#moment-title").getText();
		browser.openSession(browser.address());
		eventually(() -> assertThat(browser.one("#moment-title").getText()).isEqualTo(title));
		eventually(() -> assertThat(firstStep("#other-cpu")).isEqualTo(firstStep("#cpu")));
		browser.light(390, 844).openSession(address);
		eventually(() -> assertThat(firstStep("#other-cpu")).isEqualTo(firstStep("#cpu")));
		eventually(() -> assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L));
		browser.takePicture("topid-compare-phone");
		set("other", "");
		eventually(() -> assertThat(browser.one("#comparison").isDisplayed()).isFalse());
	}

	@Test
	void anotherSessionThatIsGoneIsToldBesideAndNotOfTheOwn() {
		browser.openSession(this.session.url() + "?with=gone/20261130-120000-00000000");
		eventually(() -> assertThat(browser.one("#other-title").getText())
			.isEqualTo("gone/20261130-120000-00000000 no such session"));
		eventually(() -> assertThat(browser.one("#live").getText()).isEqualTo("live"));
		assertThat(browser.one("#other-cpu").isDisplayed()).isFalse();
		// The page asks again each second, and each answer is a complaint.
		browser.open("about:blank");
		assertThat(browser.complaints()).isNotEmpty().allMatch((line) -> line.contains("404"));
	}

	@Test
	void theAnswerOfASessionThatWasChosenBeforeChangesNothing() {
		SessionOpened slow = chart.open("slow");
		SessionOpened chosen = chart.open("chosen");
		send(slow, this.first - 40_000, 1, 30);
		send(chosen, this.first, 1, 30);
		String slowName = URI.create(slow.url()).getPath().substring(1);
		String name = URI.create(chosen.url()).getPath().substring(1);
		browser.openSession(this.session.url() + "?window=60&filter=0,0,0,0&align=start");
		eventually(() -> assertThat(texts("select[name=other] option")).contains(slowName, name));
		browser.run("const real = window.fetch; window.held = 0; window.releases = [];"
				+ "window.fetch = async (path, options) => { const answer = await real(path, options);"
				+ "if (String(path).endsWith(arguments0)) { window.held++; await new Promise((done) => window.releases.push(done)); }"
					.replace("arguments0", "'" + slowName + "'")
				+ "return answer; }");
		set("other", slowName);
		// The page asks for the session again each second.
		eventually(() -> assertThat((Long) browser.run("return window.held")).isPositive());
		set("other", name);
		eventually(() -> assertThat(browser.one("#comparison").getDomAttribute("data-drawn")).isEqualTo(name));
		browser.run("window.titles = []; new MutationObserver("
				+ "() => window.titles.push(document.getElementById('other-title').textContent))"
				+ ".observe(document.getElementById('other-title'), { childList: true }); window.releases.forEach((done) => done())");
		// The next answers of the chosen session come after that of the slow one.
		eventually(() -> assertThat((List<?>) browser.run("return window.titles")).isNotEmpty());
		assertThat((List<?>) browser.run("return window.titles"))
			.allSatisfy((title) -> assertThat(title.toString()).isEqualTo(name));
	}

	/** Returns the first step of a chart with a sample. */
	private static int firstStep(String chart) {
		return Integer.parseInt(browser.one(chart).getDomAttribute("data-first"));
	}

	@Test
	void aProcessThatHasExitedIsFollowed() throws IOException {
		browser.openSession(this.session.url() + "?window=60&filter=0,0,0,0");
		eventually(() -> assertThat(texts("#cpu-legend .ended .name")).containsExactly("__proto__-22"));
		// Each load makes the legend anew, also between finding a process and the click.
		eventually(() -> {
			if (!browser.address().contains("only=22-1")) {
				browser.doubleClick(browser.one("#cpu-legend .ended"));
			}
			assertThat(browser.address()).contains("only=22-1");
		});
		browser.openSession(browser.address());
		eventually(
				() -> assertThat(texts("#cpu-legend button[aria-pressed=true] .name")).containsExactly("__proto__-22"));
		browser.takePicture("topid-follow");
	}

	@Test
	void eachChartHasItsOwnProcessesAndSeriesOfTheMachine() {
		browser.openSession(this.session.url() + "?filter=0,0,0,0");
		set("machine-cpu", true);
		eventually(() -> assertThat(texts("#cpu-legend .name")).contains("[cpu0.user]"));
		assertThat(texts("#memory-legend .name")).doesNotContain("[memory.free]");
		set("processes-memory", false);
		eventually(() -> assertThat(texts("#memory-legend .name")).isEmpty());
		assertThat(texts("#cpu-legend .name")).hasSize(5);
		String address = browser.address();
		assertThat(address).contains("machine=cpu", "processes=cpu");
		browser.openSession(address);
		assertThat(texts("#memory-legend .name")).isEmpty();
		assertThat(texts("#cpu-legend .name")).contains("[cpu0.user]");
	}

	@Test
	void theAddressHasTheTreeThatIsChosen() {
		browser.openSession(this.session.url());
		browser.one("#snapshots summary").click();
		eventually(() -> assertThat(browser.one("#snapshots pre").getText()).isEqualTo("tree 41"));
		browser.run("const select = document.querySelector('#snapshots select'); select.selectedIndex = 1;"
				+ "select.dispatchEvent(new Event('change', { bubbles: true }))");
		eventually(() -> assertThat(browser.one("#snapshots pre").getText()).isEqualTo("tree 21"));
		String address = browser.address();
		assertThat(address).contains("open=snapshots", "tree=");
		browser.openSession(address);
		eventually(() -> assertThat(browser.one("#snapshots pre").getText()).isEqualTo("tree 21"));
	}

	@Test
	void twoVisitorsHaveTwoFilters() {
		browser.openSession(this.session.url() + "?filter=50,59,0,0");
		assertThat(texts("#cpu-legend .name")).containsExactly("__proto__-22", "count-20", "other (1)");
		String one = browser.newTab();
		browser.openSession(this.session.url() + "?filter=45,70,0,0");
		assertThat(texts("#cpu-legend .name")).containsExactly("__proto__-22", "other (2)");
		browser.closeTab(one);
		send(this.session, this.first, SAMPLES + 1, SAMPLES + 2);
		eventually(
				() -> assertThat(texts("#cpu-legend .name")).containsExactly("__proto__-22", "count-20", "other (1)"));
		assertThat(browser.address()).contains("filter=50,59,0,0");
	}

	@Test
	void theHistoryIsOfATagAndShowsWhatIsPinned() throws IOException {
		SessionOpened other = chart.open("other-tag");
		String[] names = page().split("/");
		chart.connection().sendRecv(new PinSession(names[0], names[1], true), SessionPinned.class);
		browser.open(chart.origin() + "/?tag=view");
		eventually(() -> assertThat(texts("#sessions tbody td:first-child")).isNotEmpty().containsOnly("view"));
		eventually(() -> assertThat(texts("#sessions tbody tr"))
			.anySatisfy((row) -> assertThat(row).contains(names[1], "live, pinned")));
		browser.takePicture("topid-history");
		browser.open(chart.origin() + "/");
		eventually(() -> assertThat(texts("#sessions tbody a")).contains(other.url().replaceFirst(".*/", "")));
		browser.openSession(this.session.url());
		eventually(() -> assertThat(browser.one("#pinned").isDisplayed()).isTrue());
	}

}
