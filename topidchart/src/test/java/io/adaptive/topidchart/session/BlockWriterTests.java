package io.adaptive.topidchart.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.store.BlockStore;
import io.adaptive.topidchart.store.ClosedBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BlockWriter}, with blocks of one sample.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class BlockWriterTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@Parameter
	private TestDatabase kind;

	@TempDir
	private Path folder;

	private SessionFixture fixture;

	private BlockWriter writer;

	@BeforeEach
	void start() {
		this.fixture = new SessionFixture(this.kind, SessionFixture.properties(this.folder, 1));
		this.writer = new BlockWriter(this.fixture.store(), this.fixture.properties());
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.writer.destroy();
		this.fixture.close();
	}

	private LiveSession session(long id) {
		return this.fixture.session(id);
	}

	private static Closing closing(LiveSession session, long number, String name) throws InterruptedException {
		return SessionFixture.accept(session, SessionFixture.sample(number, name)).get(0);
	}

	private long stored(long session) {
		return this.fixture.stored(session);
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
	void aSessionWhoseLastBlockIsRefusedHasEndedInTheDatabaseToo() throws Exception {
		SessionProperties properties = SessionFixture.properties(this.folder, 10);
		this.fixture.session(1);
		LiveSession session = new LiveSession(SessionFixture.unsaved(1, 1), properties, this.fixture.memory().account(),
				0);
		SessionFixture.accept(session, SessionFixture.sample(1, "x".repeat(257)));
		List<LiveSession> done = new CopyOnWriteArrayList<>();
		this.writer.whenLast(done::add);
		session.endIfIdle(Long.MAX_VALUE, this.writer::put);
		await().atMost(LONG).until(() -> done.contains(session));
		assertThat(this.fixture.jdbc().queryForObject("select ended from chart_session where id = 1", Boolean.class))
			.isTrue();
		assertThat(stored(1)).isEqualTo(1);
		assertThat(this.fixture.jdbc().queryForObject("select count(*) from block", Long.class)).isZero();
	}

	@Test
	void aFaultThatIsNotOfTheDatabaseDropsItsBlockOnly() throws Exception {
		assertThat(storedAfter(new NoClassDefFoundError("made up by this test"))).containsExactly(2L);
		assertThat(storedAfter(new IllegalStateException("made up by this test"))).containsExactly(2L);
	}

	@Test
	void aBlockIsTriedAgainWhenThereWasNoMemory() throws Exception {
		assertThat(storedAfter(new OutOfMemoryError("made up by this test"))).containsExactly(1L, 2L);
	}

	/** The first attempt fails; the second block is the last one. */
	private List<Long> storedAfter(Throwable fault) throws Exception {
		List<Long> stored = new CopyOnWriteArrayList<>();
		AtomicBoolean failed = new AtomicBoolean();
		BlockStore faulty = Mockito.mock(BlockStore.class);
		Mockito.doAnswer((invocation) -> {
			if (failed.compareAndSet(false, true)) {
				throw fault;
			}
			return stored.add(invocation.<ClosedBlock>getArgument(0).progress().lastNumber());
		}).when(faulty).save(Mockito.any());
		BlockWriter going = new BlockWriter(faulty, this.fixture.properties());
		LiveSession session = new LiveSession(SessionFixture.unsaved(1, 1), this.fixture.properties(),
				this.fixture.memory().account(), 0);
		going.put(closing(session, 1, "name"));
		going.put(closing(session, 2, "name"));
		await().atMost(LONG).until(() -> stored.contains(2L));
		going.destroy();
		return stored;
	}

	@Test
	void aBlockWaitsForATableThatIsAway() throws Exception {
		this.fixture.jdbc().execute("alter table block rename to block_of_a_restore");
		LiveSession session = session(1);
		this.writer.put(closing(session, 1, "name"));
		await().atMost(LONG).until(this.writer::isAway);
		assertThat(session.<Integer>read((view) -> view.waiting().size())).isEqualTo(1);
		this.fixture.jdbc().execute("alter table block_of_a_restore rename to block");
		await().atMost(LONG).until(() -> stored(1) == 1);
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

	@Test
	void aBlockThatIsBeingWrittenIsFinishedWithoutAnInterrupt() throws Exception {
		CountDownLatch writing = new CountDownLatch(1);
		CountDownLatch stopping = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		BlockStore slow = Mockito.mock(BlockStore.class);
		Mockito.doAnswer((invocation) -> {
			writing.countDown();
			try {
				stopping.await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
			return null;
		}).when(slow).save(Mockito.any());
		BlockWriter stopped = new BlockWriter(slow, this.fixture.properties());
		stopped.put(closing(session(1), 1, "name"));
		stopped.put(closing(session(2), 1, "name"));
		writing.await();
		Thread end = new Thread(() -> {
			try {
				stopped.destroy();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
		});
		end.start();
		await().atMost(LONG)
			.until(() -> Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED).contains(end.getState()));
		stopping.countDown();
		end.join();
		assertThat(interrupted).isFalse();
		Mockito.verify(slow, Mockito.times(1)).save(Mockito.any());
	}

	@Test
	void itStopsWhileTheDatabaseIsAwayAndWhileOthersWait() throws Exception {
		BlockStore away = Mockito.mock(BlockStore.class);
		Mockito.doThrow(new QueryTimeoutException("made up by this test")).when(away).save(Mockito.any());
		BlockWriter stopped = new BlockWriter(away, this.fixture.properties());
		LiveSession session = session(1);
		Thread sender = new Thread(() -> {
			try {
				for (int number = 1; number <= 12; number++) {
					stopped.put(closing(session, number, "name"));
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		sender.start();
		await().atMost(LONG).until(() -> stopped.isAway() && sender.getState() == Thread.State.WAITING);
		stopped.destroy();
		sender.join();
		try (var journals = Files.list(this.folder)) {
			assertThat(journals).hasSize(12);
		}
	}

}
