package io.adaptive.settings;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * {@link ReverseProxySettings}.
 */
class ReverseProxySettingsTests {

	@ParameterizedTest
	@CsvSource({ "0,1", "1,0", "-1,5", "7000,6999", "65000,65536" })
	void portsThatAreNoRangeAreRefused(int first, int last) {
		assertThatIllegalArgumentException().isThrownBy(() -> ReverseProxySettings.DEFAULT.withPorts(first, last))
			.withMessageContaining("not %d to %d", first, last);
	}

	@Test
	void everythingIsBoundedByDefault() {
		assertThat(ReverseProxySettings.DEFAULT.providers()).isEqualTo(64);
		assertThat(ReverseProxySettings.DEFAULT.limits())
			.isEqualTo(new RelayLimits(256, 125_000_000, Duration.ofSeconds(5)));
	}

	@Test
	void numbersBelowOneAndHostsThatAreNoneAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ReverseProxySettings.DEFAULT.withProviders(0));
		assertThatIllegalArgumentException().isThrownBy(() -> ReverseProxySettings.DEFAULT.withPublicHost("a:7"));
		assertThatIllegalArgumentException().isThrownBy(() -> new RelayLimits(0, 1, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new RelayLimits(1, 0, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new RelayLimits(1, 1, Duration.ZERO));
	}

	@Test
	void anAddressMayStandInBrackets() {
		assertThat(ReverseProxySettings.DEFAULT.withPublicHost("[::1]").publicHost()).isEqualTo("::1");
	}

}
