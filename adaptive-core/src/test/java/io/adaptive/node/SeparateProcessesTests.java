package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Scope;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.EchoProgram.Ball;
import io.adaptive.node.EchoProgram.Well;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client here and a server in another process.
 */
class SeparateProcessesTests {

	@TempDir
	private Path directory;

	private ChildJvm server;

	private AdaptiveNode node;

	private Connection echo;

	@BeforeEach
	void start() {
		this.server = ChildJvm.start(EchoProgram.class, this.directory.resolve("s"));
		this.server.awaitLine(EchoProgram.UP);
		this.node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(this.directory.resolve("s"))
			.build();
		this.echo = this.node.newClient().discoverTimeout(Duration.ofSeconds(30)).discover("test", "echo");
	}

	@AfterEach
	void stop() {
		this.node.close();
		this.server.close();
	}

	@SlowTest
	@Test
	void everyReplyBelongsToItsRequestOnEightStreams() throws Exception {
		List<MessageStream> streams = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			streams.add(this.echo.newStream());
		}
		callFromEightThreads(streams::get);
		streams.forEach(MessageStream::close);
	}

	@SlowTest
	@Test
	void everyReplyBelongsToItsRequestOnOneSharedStream() throws Exception {
		try (MessageStream shared = this.echo.newStream()) {
			callFromEightThreads((thread) -> shared);
		}
	}

	private static void callFromEightThreads(IntFunction<MessageStream> streams) throws InterruptedException {
		AtomicInteger right = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			int thread = i;
			threads.add(new Thread(() -> {
				for (int number = 0; number < 10_000; number++) {
					Ball ball = new Ball(thread, number);
					if (streams.apply(thread).sendRecv(ball, Ball.class).equals(ball)) {
						right.incrementAndGet();
					}
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(right).hasValue(80_000);
	}

	@SlowTest
	@RepeatedTest(3)
	void everyCallEndsWhenTheServerIsKilled() throws Exception {
		int calls = 1000;
		CountDownLatch ended = new CountDownLatch(calls);
		AtomicInteger lost = new AtomicInteger();
		for (int i = 0; i < calls; i++) {
			Thread caller = new Thread(() -> {
				try {
					this.echo.sendRecv(new Well(), Ball.class);
				}
				catch (ConnectionLostException ex) {
					lost.incrementAndGet();
				}
				finally {
					ended.countDown();
				}
			});
			caller.setDaemon(true);
			caller.start();
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.echo.sendRecv(new WorkerQuery(), WorkerStatistics.class).busy() == calls);
		long start = System.nanoTime();
		this.server.kill();
		// The goal is a second.
		assertThat(ended.await(50, TimeUnit.SECONDS)).isTrue();
		System.out.printf("%d calls ended %d ms after their server was killed%n", calls,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		assertThat(lost).hasValue(calls);
	}

}
