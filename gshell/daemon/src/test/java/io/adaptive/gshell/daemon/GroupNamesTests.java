package io.adaptive.gshell.daemon;

import java.util.Set;

import io.adaptive.gshell.state.GroupName;
import io.adaptive.message.AdaptiveException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Names of groups with and without version.
 */
class GroupNamesTests {

	@Test
	void aNameMeansTheVersionOfTheDaemonOrTheOneItHas() {
		GroupNames names = new GroupNames("0.2.0", Set.of("web-0.1.0", "api-0.2.0"));
		assertThat(names.resolve("api")).isEqualTo("api-0.2.0");
		assertThat(names.resolve("web-0.1.0")).isEqualTo("web-0.1.0");
		assertThat(names.resolve("new")).isEqualTo("new-0.2.0");
		assertThat(names.matching("*-0.1.0")).containsExactly("web-0.1.0");
	}

	@Test
	void aNameThatCanBeReadInTwoWaysIsRefused() {
		GroupNames names = new GroupNames("0.2.0", Set.of("web-0.1.0", "web-0.1.0-0.2.0"));
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> names.resolve("web-0.1.0"))
			.withMessageContaining("as web-0.1.0 and as web-0.1.0-0.2.0");
	}

	@Test
	void theVersionOfTheDaemonMayBeNamed() {
		GroupNames names = new GroupNames("0.2.0-SNAPSHOT", Set.of("web-0.2.0-SNAPSHOT"));
		assertThat(names.toMake("api-0.2.0-SNAPSHOT")).isEqualTo(new GroupName("api", "0.2.0-SNAPSHOT"));
		assertThat(names.toMake("api")).isEqualTo(new GroupName("api", "0.2.0-SNAPSHOT"));
	}

	@Test
	void aNewGroupOfAnotherVersionIsRefused() {
		GroupNames names = new GroupNames("0.2.0", Set.of("web-0.1.0-rc"));
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> names.toMake("api-0.1.0-rc"))
			.withMessage("There is no group api-0.1.0-rc; new groups are of the daemon's version 0.2.0: "
					+ "leave the version out");
		assertThat(names.toMake("build-rc")).isEqualTo(new GroupName("build-rc", "0.2.0"));
	}

}
