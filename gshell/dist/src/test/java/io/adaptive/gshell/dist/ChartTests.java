package io.adaptive.gshell.dist;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static io.adaptive.gshell.dist.Distribution.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The collector and the chart service as jobs of the distribution.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class ChartTests {

	private static final Pattern ENTRY = Pattern
		.compile("\"tag\":\"demo\",\"name\":\"([^\"]+)\",\"opened\":\\d+,\"lastMillis\":\\d+,\"samples\":(\\d+)");

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

	@TempDir
	private Path folder;

	private Distribution distribution;

	private int port;

	@BeforeEach
	void open() throws Exception {
		this.distribution = new Distribution(this.folder);
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
	}

	@AfterEach
	void close() throws Exception {
		this.distribution.close();
	}

	private void startService(String group) throws Exception {
		this.distribution.gsh(0, "run", "--group", group, "perf/topidchart", "--port=" + this.port,
				"--dir=" + this.folder.resolve("data"));
		await(() -> get("/api/sessions"), (answer) -> answer.startsWith("["));
	}

	private void startCollector(String group) throws Exception {
		this.distribution.gsh(0, "run", "--group", group, "perf/topid", "-chart", "-snapshot", "-sys", "-tag", "demo");
	}

	/** The body, empty while nothing listens. */
	private String get(String path) throws IOException, InterruptedException {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(this.port, path)))
				.timeout(Duration.ofSeconds(60))
				.build();
			return this.client.send(request, BodyHandlers.ofString()).body();
		}
		catch (ConnectException ex) {
			return "";
		}
		catch (IOException ex) {
			// The service is killed while it answers.
			return "";
		}
	}

	private List<Entry> sessions() throws Exception {
		Stream<MatchResult> entries = ENTRY.matcher(get("/api/sessions")).results();
		return entries.map((entry) -> new Entry(entry.group(1), Long.parseLong(entry.group(2)))).toList();
	}

	private Entry awaitSamples(String name, long above) throws Exception {
		return await(this::sessions,
				(all) -> all.stream().anyMatch((each) -> each.name.matches(name) && each.samples > above))
			.stream()
			.filter((each) -> each.name.matches(name))
			.findFirst()
			.orElseThrow();
	}

	private void assertPageShows(Entry session) throws Exception {
		String details = await(() -> get("/api/sessions/demo/" + session.name), (answer) -> answer.startsWith("{"));
		Matcher first = Pattern.compile("\"firstMillis\":(\\d+)").matcher(details);
		assertThat(first.find()).as(details).isTrue();
		long from = Long.parseLong(first.group(1));
		String charts = get("/api/sessions/demo/%s/charts?from=%s&to=%s&width=100&filter=0,0,0,0&machine=true"
			.formatted(session.name, from, from + 60_000));
		assertThat(charts).contains("java").contains("cpu");
		assertThat(details).containsPattern("\"snapshots\":\\[\\d+");
		assertThat(get("/demo/" + session.name)).contains("<html");
	}

	@Test
	void theSessionGoesOnAfterTheServiceInAGroupOfItsOwnWasKilled() throws Exception {
		startService("chart");
		startCollector("collector");
		Entry before = awaitSamples(".*", 2);
		assertPageShows(before);
		assertThat(this.distribution.gsh(0, "run", "-i", "perf/topidchart", "-pin", "demo/" + before.name))
			.contains(before.name + " is pinned");
		ProcessHandle killed = this.distribution.group("chart");
		Entry last = awaitSamples(before.name, before.samples);
		assertThat(killed.destroyForcibly()).isTrue();
		killed.onExit().join();
		Entry after = awaitSamples(before.name, last.samples + 5);
		assertPageShows(after);
		assertThat(sessions()).extracting(Entry::name).containsExactly(before.name);
		assertThat(get("/api/sessions")).contains("\"pinned\":true");
	}

	@Test
	void inOneGroupBothAreStartedAgain() throws Exception {
		startService("both");
		startCollector("both");
		Entry before = awaitSamples(".*", 2);
		assertPageShows(before);
		ProcessHandle killed = this.distribution.group("both");
		assertThat(killed.destroyForcibly()).isTrue();
		killed.onExit().join();
		Entry next = awaitSamples("(?!%s).*".formatted(before.name), 2);
		assertPageShows(next);
		assertPageShows(before);
		assertThat(sessions()).extracting(Entry::name).containsExactly(next.name, before.name);
		this.distribution.gsh(0, "stop", "topidchart");
		assertThat(this.distribution.gsh(0, "ps")).containsPattern("topidchart .* exited:").doesNotContain("stuck");
		this.distribution.gsh(0, "start", "topidchart");
		awaitSamples(next.name, next.samples);
	}

	@Test
	void anArtifactThatIsUnknownOrNotTheExpectedOneIsRefused() throws Exception {
		Path app = Files.writeString(this.folder.resolve("Bad.java"),
				"//DEPS org.example:none:1\nclass Bad { public static void main(String[] args) { } }");
		assertThat(this.distribution.gsh(1, "run", app.toString()))
			.startsWith("Bad.java: //DEPS org.example:none:1: the repository ");
		Files.writeString(app, "//DEPS none\nclass Bad { public static void main(String[] args) { } }");
		assertThat(this.distribution.gsh(1, "run", app.toString())).startsWith("Bad.java:1: //DEPS names \"none\"");
		Path jar;
		try (Stream<Path> files = Files.walk(this.distribution.home().resolve("repository"))) {
			jar = files.filter((path) -> path.toString().endsWith(".jar")).findFirst().orElseThrow();
		}
		Files.write(jar, new byte[] { 1 });
		assertThat(this.distribution.gsh(1, "run", "perf/topidchart")).contains(jar + " has the checksum ");
		Files.delete(jar);
		assertThat(this.distribution.gsh(1, "run", "perf/topidchart")).contains(jar + ": no such file or folder");
		assertThat(this.distribution.gsh(1, "exec", "perf/topidchart")).contains(jar + ": no such file or folder");
	}

	/**
	 * A session in the list.
	 */
	private record Entry(String name, long samples) {

	}

}
