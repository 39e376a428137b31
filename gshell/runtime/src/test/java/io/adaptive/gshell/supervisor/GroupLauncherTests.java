package io.adaptive.gshell.supervisor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options of the JVM that depend on its release.
 */
class GroupLauncherTests {

	@ParameterizedTest
	@CsvSource({ "17.0.8,false", "17.0.9,true", "17.0.15+6,true", "20.0.2,false", "21,false", "21.0.1,true", "22,true",
			"25.0.3+9-LTS,true" })
	void theNativeHeapIsTrimmedWhereTheReleaseCan(String version, boolean trimmed) {
		assertThat(GroupLauncher.trimsNativeHeap(Runtime.Version.parse(version))).isEqualTo(trimmed);
	}

}
