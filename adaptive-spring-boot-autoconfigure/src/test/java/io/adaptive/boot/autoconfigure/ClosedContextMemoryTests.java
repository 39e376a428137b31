package io.adaptive.boot.autoconfigure;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a closed application leaves nothing of itself in memory.
 */
class ClosedContextMemoryTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	@TempDir
	private Path socketDirectory;

	@Test
	void closedContextsAndTheirNodesAreNotReachable() {
		closedAreNotReachable(8);
	}

	@Test
	@Tag("slow")
	void norAreAHundred() {
		closedAreNotReachable(100);
	}

	private void closedAreNotReachable(int rounds) {
		List<WeakReference<Object>> closed = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			useAndClose(closed);
		}
		await().atMost(LONG).untilAsserted(() -> {
			System.gc();
			assertThat(closed).allMatch((reference) -> reference.refersTo(null), "is not reachable");
		});
	}

	/**
	 * A method of its own, so that no local variable keeps the context.
	 */
	private void useAndClose(List<WeakReference<Object>> closed) {
		try (ConfigurableApplicationContext context = start()) {
			AdaptiveClient client = context.getBean(AdaptiveClient.class).discoverTimeout(LONG);
			assertThat(client.discover("example", "echo").sendRecv(new Echo("a"), Echo.class)).isEqualTo(new Echo("a"));
			closed.add(new WeakReference<>(context));
			closed.add(new WeakReference<>(context.getBean(AdaptiveNode.class)));
			closed.add(new WeakReference<>(client));
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--adaptive.os.socket-directory=" + this.socketDirectory.resolve("sockets"), "--adaptive.scopes=os");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@Import(EchoService.class)
	static class Application {

	}

}
