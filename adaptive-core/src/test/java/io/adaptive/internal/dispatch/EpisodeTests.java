package io.adaptive.internal.dispatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Episode}.
 */
class EpisodeTests {

	@Test
	void onlyTheFirstTimeAfterAPauseBegins() {
		long start = Long.MAX_VALUE - Episode.PAUSE_NANOS / 4;
		Episode episode = new Episode(start);
		assertThat(episode.begins(start)).isTrue();
		assertThat(episode.begins(start)).isFalse();
		assertThat(episode.begins(start + Episode.PAUSE_NANOS / 8)).isFalse();
		assertThat(episode.begins(start + Episode.PAUSE_NANOS / 8 + Episode.PAUSE_NANOS)).isTrue();
	}

}
