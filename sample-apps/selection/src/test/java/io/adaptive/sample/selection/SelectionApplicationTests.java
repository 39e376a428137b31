package io.adaptive.sample.selection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class SelectionApplicationTests {

	@TempDir
	private Path socketDirectory;

	@Test
	void bakesInAnotherOvenWhenOneLeaves(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext first = start("--oven=A")) {
			Thread bakery;
			try (ConfigurableApplicationContext second = start("--oven=B")) {
				bakery = new Thread(() -> start("--spring.profiles.active=baker"));
				bakery.start();
				await().atMost(1, TimeUnit.MINUTES)
					.untilAsserted(() -> assertThat(output.getOut()).contains("ovens: 2")
						.containsAnyOf("turns: [A, B]", "turns: [B, A]"));
			}
			await().atMost(1, TimeUnit.MINUTES)
				.untilAsserted(
						() -> assertThat(output.getOut()).contains("bread: A, rolls in turns: [A, A], ovens: 1"));
			bakery.interrupt();
			bakery.join(10_000);
		}
		assertThat(output.getAll()).doesNotContain("LostException");
	}

	/**
	 * Two ovens within one process would be one too many, so they meet in the scope
	 * beyond.
	 */
	private ConfigurableApplicationContext start(String... more) {
		List<String> args = new ArrayList<>(List.of(more));
		args.add("--adaptive.scopes=OS");
		args.add("--adaptive.os.socket-directory=" + this.socketDirectory);
		return SpringApplication.run(SelectionApplication.class, args.toArray(String[]::new));
	}

}
