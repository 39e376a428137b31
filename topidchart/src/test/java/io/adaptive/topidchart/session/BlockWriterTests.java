package io.adaptive.topidchart.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.Machine;
import io.adaptive.topidchart.store.Progress;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BlockWriter}, with blocks of one sample.
 */
@Timeout(60)
class BlockWriterTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final SingleConnectionDataSource database = new SingleConnectionDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID(), true);

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@TempDir
	private Path folder;

	private BlockWriter writer;

	private SessionProperties properties;

	@BeforeEach
	void start() {
		Flyway.configure().dataSource(this.database).load().migrate();
		this.context.registerBean(JdbcTemplate.class, () -> this.jdbc);
		this.context.registerBean(BlockStore.class);
		this.context.refresh();
		this.properties = new SessionProperties(this.folder, 1, Duration.ofMinutes(10), 10, 10, 10);
		this.writer = new BlockWriter(this.context.getBean(BlockStore.class), this.properties);
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.writer.destroy();
		this.context.close();
		this.database.destroy();
	}

	private LiveSession session(long id) {
		this.jdbc.update("insert into chart_session (id, tag, name, key_hash, opened, interval_seconds, processors, "
				+ "processor, kernel, limits, information, clock_offset, last_number, last_millis, dropped, ended, "
				+ "pinned) values (?, 'tag', ?, ?, 0, 1, 1, '', '', '', '', 0, 0, 0, 0, false, false)", id, "name" + id,
				"hash" + id);
		return new LiveSession(new ChartSession(id, "tag", "name" + id, "hash" + id, 0, 1,
				new Machine(1, "", "", "", ""), Progress.none(), false, false), this.properties, 0);
	}

	private Closing closing(LiveSession session, long number, String name) {
		return session
			.accept(new Moment(number, 1000 * number, 0, List.of(new Reading(SeriesKey.machine(name), name, 1, 0, -1)),
					""), 1000 * number)
			.orElseThrow();
	}

	private long stored(long session) {
		Long number = this.jdbc.queryForObject("select last_number from chart_session where id = ?", Long.class,
				session);
		return (number == null) ? 0 : number;
	}

	@Test
	void aBlockThatTheDatabaseRefusesIsDroppedAndTheOthersAreStored() throws Exception {
		Closing refused = closing(session(1), 1, "x".repeat(257));
		this.writer.put(refused);
		this.writer.put(closing(session(2), 1, "name"));
		await().atMost(LONG).until(() -> stored(2) == 1);
		assertThat(this.writer.isAway()).isFalse();
		assertThat(stored(1)).isZero();
		assertThat(refused.journals()).hasSize(1).noneMatch(Files::exists);
		assertThat(refused.session().<Integer>read((view) -> view.waiting().size())).isZero();
	}

	@Test
	void aJournalThatCannotBeDeletedHoldsUpNothing() throws Exception {
		Closing first = closing(session(1), 1, "name");
		Path full = Files.createDirectories(this.folder.resolve("full/of/files"));
		this.writer.put(new Closing(first.session(), first.block(), List.of(full.getParent())));
		this.writer.put(closing(session(2), 1, "name"));
		await().atMost(LONG).until(() -> stored(2) == 1);
		assertThat(stored(1)).isEqualTo(1);
	}

}
