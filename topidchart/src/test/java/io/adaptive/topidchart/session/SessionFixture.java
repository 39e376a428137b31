package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.Machine;
import io.adaptive.topidchart.store.Progress;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.unit.DataSize;

/**
 * A database with sessions, and samples for them.
 */
final class SessionFixture implements AutoCloseable {

	private final SingleConnectionDataSource database;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final JdbcTemplate jdbc;

	private final SessionProperties properties;

	private final MemoryBudget memory;

	SessionFixture(TestDatabase database, SessionProperties properties) {
		this.database = database.migrated();
		this.jdbc = new JdbcTemplate(this.database);
		this.properties = properties;
		this.memory = new MemoryBudget(properties);
		this.context.registerBean(JdbcTemplate.class, () -> this.jdbc);
		this.context.registerBean(BlockStore.class);
		this.context.refresh();
	}

	static SessionProperties properties(Path folder, int blockSamples) {
		return properties(folder, blockSamples, DataSize.ofMegabytes(128));
	}

	static SessionProperties properties(Path folder, int blockSamples, DataSize memory) {
		return new SessionProperties(folder, blockSamples, Duration.ofMinutes(10), 10, 10, 10, memory, memory);
	}

	SessionProperties properties() {
		return this.properties;
	}

	BlockStore store() {
		return this.context.getBean(BlockStore.class);
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	MemoryBudget memory() {
		return this.memory;
	}

	static ChartSession unsaved(long id, int intervalSeconds) {
		return new ChartSession(id, "tag", "name" + id, "hash" + id, id, intervalSeconds,
				new Machine(1, "", "", "", ""), Progress.none(), false, false);
	}

	LiveSession session(long id) {
		this.jdbc.update("insert into chart_session (id, tag, name, key_hash, opened, interval_seconds, processors, "
				+ "processor, kernel, limits, information, clock_offset, last_number, last_millis, dropped, ended, "
				+ "pinned) values (?, 'tag', ?, ?, 0, 1, 1, '', '', '', '', 0, 0, 0, 0, false, false)", id, "name" + id,
				"hash" + id);
		return new LiveSession(unsaved(id, 1), this.properties, this.memory.account(), 0);
	}

	long stored(long session) {
		Long number = this.jdbc.queryForObject("select last_number from chart_session where id = ?", Long.class,
				session);
		return (number == null) ? 0 : number;
	}

	/**
	 * Makes a sample at a second of its number, with one series of the machine that has
	 * the number as its value.
	 */
	static Moment sample(long number, String name) {
		return new Moment(number, 1000 * number, 0,
				List.of(new Reading(SeriesKey.machine(name), name, (int) number, 0, -1)), "");
	}

	/**
	 * Takes samples.
	 * @return the blocks that they fill
	 */
	static List<Closing> accept(LiveSession session, Moment... samples) throws InterruptedException {
		List<Closing> closed = new ArrayList<>();
		for (Moment each : samples) {
			session.accept(each, each::millis, closed::add);
		}
		return closed;
	}

	@Override
	public void close() {
		this.context.close();
		this.database.destroy();
	}

}
