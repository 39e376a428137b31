package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.SessionRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Tests for {@link SessionReader}, with blocks that are stored when the test says so. A
 * block is of ten samples.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class SessionReaderTests {

	private static final int NAMED = 2;

	@Parameter
	private TestDatabase kind;

	@TempDir
	private Path folder;

	private SessionFixture fixture;

	private BlockStore store;

	private LiveSession session;

	private SessionReader reader;

	/** What is stored between the reading of memory and that of the database. */
	private List<Closing> meanwhile = List.of();

	/** What is stored after the reading of the database. */
	private List<Closing> afterwards = List.of();

	@BeforeEach
	void start() {
		this.fixture = new SessionFixture(this.kind, SessionFixture.properties(this.folder, 10));
		this.session = this.fixture.session(1);
		this.store = Mockito.mock(BlockStore.class, (invocation) -> {
			store(this.meanwhile);
			this.meanwhile = List.of();
			Object rows = invocation.getMethod().invoke(this.fixture.store(), invocation.getArguments());
			store(this.afterwards);
			this.afterwards = List.of();
			return rows;
		});
		Sessions sessions = mock(Sessions.class);
		when(sessions.byPage("tag", "name1")).thenAnswer((invocation) -> Optional.of(this.session));
		this.reader = new SessionReader(sessions, mock(SessionRepository.class), this.store, mock(BlockWriter.class));
	}

	@AfterEach
	void stop() {
		this.fixture.close();
	}

	private void store(List<Closing> closed) {
		closed.forEach((each) -> {
			this.fixture.store().save(each.block());
			each.session().stored(each.block());
		});
	}

	private List<Closing> accept(long from, long to) throws InterruptedException {
		Moment[] samples = LongStream.rangeClosed(from, to)
			.mapToObj((number) -> SessionFixture.sample(number, "name"))
			.map((sample) -> new Moment(sample.number(), sample.millis(), 0, sample.readings(),
					(sample.number() == 7) ? "tree" : ""))
			.toArray(Moment[]::new);
		return SessionFixture.accept(this.session, samples);
	}

	private ChartSession chart() {
		return this.session.session();
	}

	/**
	 * Returns how many samples each step has, from the second zero.
	 */
	private List<Long> samples(long steps, long secondsPerStep) {
		long step = 1000 * secondsPerStep;
		Grid grid = Grid.of(0, steps * step - 1, (int) steps, 1000);
		assertThat(grid.millis()).isEqualTo(step);
		Map<Integer, List<Bucket>> buckets = this.reader.buckets(chart(), List.of(NAMED), grid);
		return Bucket.merged(buckets.get(NAMED), step).stream().map((each) -> each.cpu().count()).toList();
	}

	@Test
	void aBlockThatIsStoredInBetweenIsNeitherLostNorCountedTwice() throws Exception {
		List<Closing> first = accept(1, 10);
		accept(11, 13);
		assertThat(samples(4, 4)).containsExactly(3L, 4L, 4L, 2L);
		this.meanwhile = first;
		assertThat(samples(4, 4)).containsExactly(3L, 4L, 4L, 2L);
		assertThat(this.fixture.stored(1)).isEqualTo(10);
		assertThat(samples(4, 4)).containsExactly(3L, 4L, 4L, 2L);
	}

	@Test
	void whatIsStoredButStillInMemoryIsCountedOnce() throws Exception {
		List<Closing> first = accept(1, 10);
		accept(11, 13);
		this.fixture.store().save(first.get(0).block());
		assertThat(samples(4, 4)).containsExactly(3L, 4L, 4L, 2L);
	}

	@Test
	void aRowOfBucketsThatIsStoredInBetweenIsCountedOnce() throws Exception {
		store(accept(1, 90));
		List<Closing> tenth = accept(91, 100);
		accept(101, 105);
		assertThat(samples(4, 30)).containsExactly(29L, 30L, 30L, 16L);
		this.meanwhile = tenth;
		assertThat(samples(4, 30)).containsExactly(29L, 30L, 30L, 16L);
		assertThat(samples(4, 30)).containsExactly(29L, 30L, 30L, 16L);
	}

	@Test
	void aSpanInTheMiddleHasAllOfItsRows() throws Exception {
		store(accept(1, 250));
		for (long seconds : new long[] { 4, 30, 60 }) {
			for (long from = 0; from < 240; from += seconds) {
				Grid grid = Grid.of(1000 * from, 1000 * (from + seconds) - 1, 1, 1000);
				Map<Integer, List<Bucket>> buckets = this.reader.buckets(chart(), List.of(1, NAMED), grid);
				assertThat(grid.means(buckets.get(NAMED), Bucket::cpu)[0]).as("%s s from %s", seconds, from)
					.isCloseTo(expected(grid), within(0.001));
			}
		}
	}

	/** The value of a sample is its number. */
	private static double expected(Grid grid) {
		return LongStream.range(Math.max(1000, grid.start()), grid.start() + grid.millis())
			.filter((millis) -> millis % 1000 == 0)
			.map((millis) -> millis / 1000)
			.average()
			.orElseThrow();
	}

	@Test
	void theLastRowsOfASessionAreCountedOnce() throws Exception {
		store(accept(1, 10));
		List<Closing> last = new ArrayList<>();
		this.session.endIfIdle(Long.MAX_VALUE, last::add);
		assertThat(last).hasSize(1);
		this.fixture.store().save(last.get(0).block());
		assertThat(samples(2, 30)).containsExactly(10L);
		// Stored and forgotten, but the session is still among the live ones.
		assertThat(this.session.stored(last.get(0).block())).isTrue();
		assertThat(samples(2, 30)).containsExactly(10L);
	}

	@Test
	void aTreeThatIsStoredInBetweenIsFound() throws Exception {
		this.meanwhile = accept(1, 10);
		assertThat(this.reader.snapshotTimes(chart())).containsExactly(7000L);
		assertThat(this.reader.snapshot(chart(), 7000)).contains("tree");
		assertThat(this.reader.snapshot(chart(), 8000)).isEmpty();
	}

	@Test
	void aTreeThatIsStoredAfterTheDatabaseWasReadIsFound() throws Exception {
		this.afterwards = accept(1, 10);
		assertThat(this.reader.snapshotTimes(chart())).containsExactly(7000L);
	}

	@Test
	void theNearestSampleIsThatOfTheNextBlock() throws Exception {
		store(accept(1, 20));
		accept(21, 25);
		assertThat(numberAt(10_400)).isEqualTo(10);
		assertThat(numberAt(10_600)).isEqualTo(11);
		assertThat(numberAt(20_400)).isEqualTo(20);
		assertThat(numberAt(20_600)).isEqualTo(21);
		// The earlier one of two.
		assertThat(numberAt(10_500)).isEqualTo(10);
		assertThat(numberAt(20_500)).isEqualTo(20);
		assertThat(numberAt(0)).isEqualTo(1);
		assertThat(numberAt(99_000)).isEqualTo(25);
	}

	private long numberAt(long millis) {
		Map<Integer, Point> sample = this.reader.sampleAt(chart(), millis);
		assertThat(sample).hasSize(2);
		return sample.get(NAMED).number();
	}

}
