package io.adaptive.topidchart.page;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A headless Chromium that can reach nothing but this machine. Where there is none the
 * test is skipped, or fails if {@code ADAPTIVE_BROWSER=required} is in the environment.
 */
final class Browser implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Path PICTURES = Path.of("target", "screenshots");

	private static final Pattern REQUESTED = Pattern
		.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"(.*?)\"");

	private final ChromeDriver driver;

	private Browser(File binary, File driver) {
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver).build(),
				options(binary));
	}

	private static ChromeOptions options(File binary) {
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		logging.enable(LogType.PERFORMANCE, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(binary);
		// The sandbox needs user name spaces, which containers and root often lack.
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--hide-scrollbars", "--no-first-run", "--disable-sync", "--disable-background-networking",
				"--disable-component-update", "--lang=en", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");
		options.setCapability("goog:loggingPrefs", logging);
		return options;
	}

	static Browser open() {
		Optional<File> binary = onPath("chromium", "chromium-browser", "google-chrome");
		Optional<File> driver = onPath("chromedriver");
		if (binary.isEmpty() || driver.isEmpty()) {
			String missing = "no chromium and chromedriver on the PATH; on Debian: apt install chromium chromium-driver";
			assertThat(System.getenv("ADAPTIVE_BROWSER")).as(missing).isNotEqualTo("required");
			Assumptions.abort(missing);
		}
		return new Browser(binary.orElseThrow(), driver.orElseThrow());
	}

	private static Optional<File> onPath(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.map((directory) -> new File(directory, name)))
			.filter(File::canExecute)
			.findFirst();
	}

	Browser light(int width, int height) {
		return show("light", width, height);
	}

	Browser dark(int width, int height) {
		return show("dark", width, height);
	}

	private Browser show(String scheme, int width, int height) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
		return this;
	}

	/**
	 * Opens a page of a session and waits until it has drawn its charts.
	 */
	void openSession(String page) {
		this.driver.get(page);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(all("html[data-drawn]")).isNotEmpty());
	}

	/**
	 * Lets the page save files.
	 */
	Browser savingTo(Path directory) {
		this.driver.executeCdpCommand("Browser.setDownloadBehavior",
				Map.of("behavior", "allow", "downloadPath", directory.toString()));
		return this;
	}

	void open(String page) {
		this.driver.get(page);
	}

	/**
	 * Presses keys, wherever the focus is.
	 */
	void press(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
	}

	/**
	 * Clicks at a place within an element, from its middle.
	 */
	void clickIn(WebElement element, int x, int y) {
		new Actions(this.driver).moveToElement(element, x, y).click().perform();
	}

	/**
	 * Drags over an element, from and to places that are counted from its middle.
	 */
	void dragIn(WebElement element, int from, int to) {
		new Actions(this.driver).moveToElement(element, from, 0)
			.clickAndHold()
			.moveByOffset(to - from, 0)
			.release()
			.perform();
	}

	String address() {
		return this.driver.getCurrentUrl();
	}

	List<WebElement> all(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	WebElement one(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	/**
	 * Returns the texts of elements that are shown.
	 */
	List<String> texts(String selector) {
		return all(selector).stream().map(WebElement::getText).toList();
	}

	Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	/**
	 * Returns the address of each request since this was last asked.
	 */
	List<URI> requests() {
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.flatMap((entry) -> REQUESTED.matcher(entry.getMessage()).results())
			.map((request) -> URI.create(request.group(1)))
			.toList();
	}

	/**
	 * Returns what the browser complained about, such as a violation of the page's
	 * security policy.
	 */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * Opens a tab and goes there.
	 * @return the tab before
	 */
	String newTab() {
		String before = this.driver.getWindowHandle();
		this.driver.switchTo().newWindow(WindowType.TAB);
		return before;
	}

	/**
	 * Closes this tab and goes to another one.
	 */
	void closeTab(String other) {
		this.driver.close();
		this.driver.switchTo().window(other);
	}

	/**
	 * Clicks twice on an element.
	 */
	void doubleClick(WebElement element) {
		new Actions(this.driver).doubleClick(element).perform();
	}

	void takePicture(String name) throws IOException {
		Files.createDirectories(PICTURES);
		Files.write(PICTURES.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
