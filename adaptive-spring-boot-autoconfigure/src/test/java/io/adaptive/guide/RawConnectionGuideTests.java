package io.adaptive.guide;

import java.nio.charset.StandardCharsets;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ServiceName;
import io.adaptive.node.ProcessSpace;
import io.adaptive.raw.RawConnection;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the page on streams about raw connections.
 */
class RawConnectionGuideTests {

	@Test
	void terminal() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process")
			.withBean(ProcessSpace.class)
			.withBean(Terminal.class)
			.run((context) -> assertThat(echo(context.getBean(AdaptiveClient.class), "ls\n")).isEqualTo("ls\n"));
	}

	private static String echo(AdaptiveClient client, String line) {
		RawConnection terminal = client.discoverRaw(new ServiceName("example", "terminal"));
		terminal.write(StandardCharsets.UTF_8.encode(line)).join();
		return StandardCharsets.UTF_8.decode(terminal.read(8192).join()).toString();
	}

}
