package io.adaptive.node;

import java.util.List;
import java.util.Locale;

import io.adaptive.message.Endpoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MachineSettingsTests {

	@Test
	void addressesAreWrittenWithTheSameDigitsInEveryLocale() {
		MachineSettings settings = new MachineSettings(null, List.of(new Endpoint.Tcp("127.0.0.1", 7001)),
				new Endpoint.Tcp("::1", 7002));
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			assertThat("%d".formatted(7001)).as("digits of the locale").isNotEqualTo("7001");
			assertThat(settings.lines()).containsExactly("registry=127.0.0.1%3A7001", "proxy=%5B%3A%3A1%5D%3A7002");
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
