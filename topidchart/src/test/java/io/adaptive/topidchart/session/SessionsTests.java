package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.SessionRepository;
import io.adaptive.topidchart.store.SessionStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Tests for {@link Sessions} that get no samples; they end after ten minutes.
 */
class SessionsTests {

	private static final long MINUTE = 60_000;

	private static final int HOUR_SECONDS = 3600;

	@TempDir
	private Path folder;

	private final SessionRepository repository = mock(SessionRepository.class);

	private final BlockWriter writer = mock(BlockWriter.class);

	private final Clock clock = mock(Clock.class);

	private Sessions sessions;

	@BeforeEach
	void start() throws Exception {
		when(this.repository.findByEndedFalse()).thenReturn(List.of(session(1, 1), session(2, HOUR_SECONDS)));
		this.sessions = new Sessions(this.repository, mock(BlockStore.class), mock(SessionStore.class),
				SessionFixture.properties(this.folder, 1), this.writer,
				new MemoryBudget(SessionFixture.properties(this.folder, 1)), this.clock);
	}

	private static ChartSession session(long id, int intervalSeconds) {
		return SessionFixture.unsaved(id, intervalSeconds);
	}

	private List<Long> after(long minutes) throws InterruptedException {
		when(this.clock.millis()).thenReturn(minutes * MINUTE);
		this.sessions.endIdle();
		return this.sessions.all().stream().filter((each) -> !each.ended()).map(ChartSession::storedId).toList();
	}

	@Test
	void oneEndsAfterThreeOfItsIntervals() throws Exception {
		assertThat(after(9)).containsExactly(2L, 1L);
		assertThat(after(10)).containsExactly(2L);
		assertThat(after(179)).containsExactly(2L);
		assertThat(after(180)).isEmpty();
	}

	@Test
	void whileTheDatabaseIsAwayNoneEnds() throws Exception {
		when(this.writer.isAway()).thenReturn(true);
		assertThat(after(10_000)).containsExactly(2L, 1L);
		when(this.writer.isAway()).thenReturn(false);
		// Collectors that had to wait get the time again.
		assertThat(after(10_009)).containsExactly(2L, 1L);
		assertThat(after(10_010)).containsExactly(2L);
	}

	@Test
	void aTimeOfTheJournalIsNotUsedAgain() throws Exception {
		SessionProperties properties = SessionFixture.properties(this.folder, 10);
		MemoryBudget memory = new MemoryBudget(properties);
		LiveSession before = new LiveSession(session(1, 1), properties, memory.account(), 0);
		SessionFixture.accept(before, moment(1, 5000));
		LiveSession after = new LiveSession(session(1, 1), properties, memory.account(), 0);
		after.replay();
		SessionFixture.accept(after, moment(2, 5000));
		assertThat(after.session().progress().lastMillis()).isEqualTo(5001);
	}

	private static Moment moment(long number, long millis) {
		return new Moment(number, millis, 0, List.of(), "");
	}

}
