package io.adaptive.internal.node;

import java.time.Duration;
import java.util.List;

import io.adaptive.message.Endpoint;
import io.adaptive.settings.LanSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MachineSettings}.
 */
class MachineSettingsTests {

	@Test
	void settingsAreReadAsTheyWereWritten() {
		MachineSettings settings = new MachineSettings(
				LanSettings.DEFAULT.port(7300)
					.interfaces("eth*", "fe80::1")
					.excludedInterfaces("docker 0")
					.seeds(new Endpoint.Tcp("far.test", 0), new Endpoint.Tcp("::1", 7))
					.secret("a=b\nä % sixteen bytes")
					.announceInterval(Duration.ofMillis(250)),
				List.of(new Endpoint.Tcp("root.test", 7200), new Endpoint.Tcp("2001:db8::7", 1)),
				new Endpoint.Tcp("gate.test", 7200));
		assertThat(MachineSettings.parse(settings.lines())).isEqualTo(settings);
		assertThat(MachineSettings.parse(List.of("lan.unknown=7", "x"))).isEqualTo(MachineSettings.NONE);
	}

}
