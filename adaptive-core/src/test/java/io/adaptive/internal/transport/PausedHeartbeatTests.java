package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signs of life after this program itself was paused, by a clock of the test.
 */
class PausedHeartbeatTests {

	private static final LinkSettings SETTINGS = new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10),
			Duration.ofSeconds(5), Duration.ofSeconds(15));

	private final MockTicker ticker = Ticker.newMockTicker();

	private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(this.ticker).build();

	private final List<Long> asked = new ArrayList<>();

	private final List<Duration> givenUp = new ArrayList<>();

	private final Heartbeat heartbeat = new Heartbeat(this.channel.eventLoop(), SETTINGS, this.asked::add,
			this.givenUp::add);

	@AfterEach
	void close() {
		this.heartbeat.stop();
		this.channel.close();
	}

	/**
	 * Time passes, and nothing runs before its end.
	 */
	private void pass(long seconds) {
		this.ticker.advance(seconds, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
	}

	@Test
	void thePeerIsAskedBeforeItIsGivenUp() {
		pass(3600);
		assertThat(this.asked).hasSize(1);
		assertThat(this.givenUp).isEmpty();
		pass(5);
		assertThat(this.asked).hasSize(2);
		assertThat(this.givenUp).isEmpty();
		pass(5);
		assertThat(this.givenUp).containsExactly(SETTINGS.deadAfter());
	}

	@Test
	void aPeerThatAnswersAfterThePauseIsKept() {
		pass(5);
		assertThat(this.asked).hasSize(1);
		this.ticker.advance(20, TimeUnit.SECONDS);
		// What has come meanwhile is read before anything else is done.
		this.heartbeat.heard();
		this.channel.runScheduledPendingTasks();
		pass(4);
		assertThat(this.asked).hasSize(1);
		pass(1);
		assertThat(this.asked).hasSize(2);
		this.heartbeat.heard();
		pass(5);
		assertThat(this.givenUp).isEmpty();
	}

	@Test
	void whatPassedBeforeThePauseCounts() {
		pass(5);
		pass(5);
		assertThat(this.asked).hasSize(2);
		pass(100);
		assertThat(this.givenUp).containsExactly(SETTINGS.deadAfter());
	}

	@Test
	void aSilentPeerIsGivenUpInTimeWithoutAPause() {
		for (int second = 1; second < 15; second++) {
			pass(1);
		}
		assertThat(this.asked).hasSize(2);
		assertThat(this.givenUp).isEmpty();
		pass(1);
		assertThat(this.givenUp).containsExactly(SETTINGS.deadAfter());
	}

}
