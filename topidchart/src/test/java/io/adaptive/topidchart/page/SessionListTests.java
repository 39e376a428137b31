package io.adaptive.topidchart.page;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The list of more sessions than an answer has, in a real browser.
 */
@SlowTest
@Timeout(180)
class SessionListTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void earlierSessionsAreListedWhenAskedFor(@TempDir Path folder) {
		try (Browser browser = Browser.open();
				RunningChart chart = RunningChart.start(folder, "topidchart.page.max-sessions=3")) {
			List<String> names = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				names.add(0, chart.session(chart.open("tag")).name());
			}
			browser.open(chart.origin() + "/?tag=tag");
			await().atMost(LONG).until(() -> names(browser).equals(names.subList(0, 3)));
			browser.run("document.getElementById('earlier').click()");
			await().atMost(LONG).until(() -> names(browser).equals(names));
			browser.run("document.getElementById('earlier').click()");
			await().atMost(LONG)
				.until(() -> browser.run("return document.getElementById('earlier').hidden").equals(true));
			String next = chart.session(chart.open("tag")).name();
			// The list asks every 5 s.
			await().atMost(LONG).until(() -> names(browser).contains(next));
			assertThat(names(browser)).hasSize(6).containsAll(names);
			assertThat(browser.complaints()).isEmpty();
		}
	}

	private static List<String> names(Browser browser) {
		Object names = browser
			.run("return [...document.querySelectorAll('#sessions td:nth-child(2)')].map((each) => each.textContent)");
		return ((List<?>) names).stream().map(String::valueOf).toList();
	}

}
