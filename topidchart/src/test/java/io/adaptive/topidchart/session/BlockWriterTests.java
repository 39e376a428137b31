package io.adaptive.topidchart.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.store.BlockStore;
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
		await().atMost(LONG).until(() -> end.getState() == Thread.State.TIMED_WAITING);
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
