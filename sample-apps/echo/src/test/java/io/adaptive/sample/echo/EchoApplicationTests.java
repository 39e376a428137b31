package io.adaptive.sample.echo;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class EchoApplicationTests {

	@TempDir
	private Path socketDirectory;

	@Test
	void everybodyHearsTheEchoAndSeesWhoJoinsLater(CapturedOutput output) throws Exception {
		Thread john;
		Thread mary;
		try (ConfigurableApplicationContext service = start()) {
			john = visit("John");
			await().atMost(1, TimeUnit.MINUTES).until(() -> output.getOut().contains("John was here"));
			// John may not have joined yet, so others come until he has.
			int others = 0;
			while (!output.getOut().contains("John sees")) {
				visit("Other" + others++).join(1000);
			}
			mary = visit("Mary");
			await().atMost(1, TimeUnit.MINUTES).until(() -> output.getOut().contains("John sees Mary"));
		}
		john.join(10_000);
		mary.join(10_000);
		await().atMost(1, TimeUnit.MINUTES)
			.until(() -> output.getOut().contains("John leaves") && output.getOut().contains("Mary leaves"));
	}

	private Thread visit(String who) {
		Thread visitor = new Thread(() -> start("--spring.profiles.active=visitor", "--who=" + who).close(), who);
		visitor.setDaemon(true);
		visitor.start();
		return visitor;
	}

	private ConfigurableApplicationContext start(String... more) {
		String[] args = new String[more.length + 1];
		args[0] = "--adaptive.os.socket-directory=" + this.socketDirectory;
		System.arraycopy(more, 0, args, 1, more.length);
		return SpringApplication.run(EchoApplication.class, args);
	}

}
