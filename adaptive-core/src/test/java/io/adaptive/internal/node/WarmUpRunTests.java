package io.adaptive.internal.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link WarmUpRun}.
 */
class WarmUpRunTests {

	@TempDir
	private Path directory;

	@Test
	void bindsASocketAndRemovesIt() {
		WarmUpRun.bind(this.directory);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void callsItself() {
		assertThatNoException().isThrownBy(() -> WarmUpCall.call(this.directory));
	}

	@Test
	void leavesNoFileBehind() {
		List<Path> used = new ArrayList<>();
		WarmUpRun.attempt(this.directory, (own) -> {
			used.add(own);
			WarmUpCall.call(own);
		});
		assertThat(used).singleElement().matches(Files::notExists);
	}

	@Test
	void failureIsNoHarm() {
		assertThatNoException().isThrownBy(() -> WarmUpRun.attempt(this.directory, (own) -> {
			throw new IllegalStateException("the disk is full");
		}));
	}

}
