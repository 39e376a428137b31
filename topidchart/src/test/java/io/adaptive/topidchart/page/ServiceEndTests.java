package io.adaptive.topidchart.page;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.topidchart.RunningChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.message.ChartMessages.SessionOpened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * The end of the service while a page listens.
 */
@Timeout(120)
class ServiceEndTests {

	@Test
	void aPageThatListensDoesNotDelayIt(@TempDir Path folder) throws Exception {
		RunningChart chart = RunningChart.start(folder, "spring.lifecycle.timeout-per-shutdown-phase=60s");
		SessionOpened opened = chart.open("live");
		URI live = URI.create(chart.origin() + "/api/sessions/live/" + chart.session(opened).name() + "/live");
		HttpRequest request = HttpRequest.newBuilder(live).build();
		try (BufferedReader events = new BufferedReader(new InputStreamReader(
				HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
				StandardCharsets.UTF_8))) {
			assertThat(events.readLine()).isEqualTo(":beat");
			assertTimeout(Duration.ofSeconds(30), chart::close);
			assertThat(events.lines()).isNotNull().noneMatch((line) -> line.startsWith("data:"));
		}
	}

}
