package io.adaptive.node;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A publisher that does not wait learns whether a stream is writable, in every scope and
 * at both ends.
 */
class WritableStreamTests {

	private static final ServiceName SERVICE = new ServiceName("test", "ticks");

	private static final int MANY = 100_000;

	private static final LinkSettings LITTLE_CREDIT = new LinkSettings(new Limits(1 << 20, Limits.MIN_CREDIT, 1 << 20),
			LinkSettings.DEFAULT.handshakeTimeout(), LinkSettings.DEFAULT.pingAfter(),
			LinkSettings.DEFAULT.deadAfter());

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final BlockingQueue<ContextStream> subscribers = new LinkedBlockingQueue<>();

	private final CountDownLatch mayHandle = new CountDownLatch(1);

	private AdaptiveNode server;

	private Connection connect(Scope scope) {
		this.server = this.nodes.node((builder) -> builder.linkSettings(LITTLE_CREDIT), scope);
		this.server.newServer()
			.publish(Service.named(SERVICE).ordered().handle(Subscribe.class, (subscribe, stream) -> {
				this.subscribers.add(stream);
				return null;
			}).handle(Slow.class, (slow, stream) -> {
				awaitLatch(this.mayHandle);
				return null;
			}));
		return this.nodes.connect(this.nodes.node((builder) -> builder.linkSettings(LITTLE_CREDIT), scope), scope,
				SERVICE);
	}

	private static void awaitLatch(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
	}

	private ContextStream subscribe(MessageStream stream) throws InterruptedException {
		stream.send(new Subscribe());
		return Objects.requireNonNull(this.subscribers.poll(20, TimeUnit.SECONDS));
	}

	/**
	 * Sends as long as the stream is writable, as a publisher that drops does.
	 * @return how many were sent; the last one waits
	 */
	private static int fill(MessageStream stream, Object message) {
		for (int i = 0; i < MANY; i++) {
			if (!stream.isWritable()) {
				return i;
			}
			stream.async().send(message);
		}
		throw new AssertionError("The stream was always writable");
	}

	/**
	 * Waits until what waits for the connection's credit, which grows, has left.
	 * @return how many were sent
	 */
	private static int fillForGood(MessageStream stream, Object message) {
		int sent = fill(stream, message);
		try {
			for (;;) {
				stream.async().whenWritable().get(200, TimeUnit.MILLISECONDS);
				sent += fill(stream, message);
			}
		}
		catch (TimeoutException ex) {
			return sent;
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new AssertionError(ex);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aPublisherIsToldWhenItsSubscriberHasReceivedWhatWaited(Scope scope) throws Exception {
		MessageStream stream = connect(scope).newStream();
		ContextStream publisher = subscribe(stream);
		assertThat(publisher.isWritable()).isTrue();
		publisher.async().whenWritable().get(50, TimeUnit.SECONDS);
		int sent = fillForGood(publisher, new Tick());
		assertThat(publisher.isWritable()).isFalse();
		CompletableFuture<Thread> told = publisher.async().whenWritable().thenApply((yes) -> Thread.currentThread());
		CompletableFuture<Void> reactive = publisher.reactive().whenWritable().toFuture();
		assertThat(told).isNotDone();
		stream.setReceiveTimeout(Duration.ofSeconds(20));
		for (int i = 0; i < sent; i++) {
			stream.recv(Tick.class);
		}
		Thread callback = told.get(50, TimeUnit.SECONDS);
		assertThat(callback).isNotSameAs(Thread.currentThread());
		assertThat(Schedulers.isNonBlockingThread(callback)).as("%s is an event loop", callback).isFalse();
		reactive.get(50, TimeUnit.SECONDS);
		assertThat(publisher.isWritable()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aClientIsToldWhenItsOneWayMessagesHaveLeft(Scope scope) throws Exception {
		Connection connection = connect(scope);
		for (MessageStream stream : new MessageStream[] { connection.newStream(), connection }) {
			assertThat(stream.isWritable()).isTrue();
		}
		MessageStream stream = connection.newStream();
		fillForGood(stream, new Slow());
		CompletableFuture<?> told = stream.async().whenWritable();
		assertThat(told).isNotDone();
		assertThat(connection.isWritable()).as("another stream, with credit of its own").isTrue();
		this.mayHandle.countDown();
		told.get(50, TimeUnit.SECONDS);
		await().until(stream::isWritable);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anEndOfTheStreamFailsTheWait(Scope scope) throws Exception {
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		ContextStream publisher = subscribe(stream);
		fillForGood(publisher, new Tick());
		CompletableFuture<?> told = publisher.async().whenWritable();
		stream.close();
		failed(told, StreamResetException.class);
		assertThat(publisher.isWritable()).isFalse();
		failed(publisher.async().whenWritable(), StreamResetException.class);
		MessageStream other = connection.newStream();
		fillForGood(other, new Slow());
		CompletableFuture<?> lost = other.async().whenWritable();
		this.mayHandle.countDown();
		MessageStream closed = connection.newStream();
		connection.close();
		// Either may come first: the credit or the end.
		lost.handle((reached, error) -> true).get(50, TimeUnit.SECONDS);
		await().until(() -> !closed.isWritable() && !other.isWritable());
		failed(closed.async().whenWritable(), ConnectionLostException.class);
	}

	private static void failed(CompletableFuture<?> wait, Class<? extends Throwable> error) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> wait.get(50, TimeUnit.SECONDS))
			.withCauseInstanceOf(error);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whoGivesUpWaitingIsNotTold(Scope scope) throws Exception {
		MessageStream stream = connect(scope).newStream();
		ContextStream publisher = subscribe(stream);
		int sent = fillForGood(publisher, new Tick());
		AsyncStream async = publisher.async();
		CompletableFuture<?> cancelled = async.whenWritable();
		assertThat(cancelled.cancel(false)).isTrue();
		CompletableFuture<Void> signals = new CompletableFuture<>();
		Disposable subscription = publisher.reactive()
			.whenWritable()
			.subscribe((never) -> signals.complete(null), signals::completeExceptionally, () -> signals.complete(null));
		subscription.dispose();
		CompletableFuture<?> told = async.whenWritable();
		stream.setReceiveTimeout(Duration.ofSeconds(20));
		for (int i = 0; i < sent; i++) {
			stream.recv(Tick.class);
		}
		told.get(50, TimeUnit.SECONDS);
		assertThat(cancelled).isCancelled();
		assertThat(signals).isNotDone();
	}

	/**
	 * The publisher drops, and its subscriber gets all that was not dropped.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aPublisherThatSendsOnlyWhenTheStreamIsWritableLosesNothingButWhatItDrops(Scope scope) throws Exception {
		MessageStream stream = connect(scope).newStream();
		ContextStream publisher = subscribe(stream);
		CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
			int count = 0;
			stream.setReceiveTimeout(Duration.ofSeconds(20));
			while (!stream.recv(Tick.class).last()) {
				count++;
			}
			return count;
		}, (task) -> new Thread(task).start());
		int sent = 0;
		for (int round = 0; round < 3000; round++) {
			publisher.async().whenWritable().get(50, TimeUnit.SECONDS);
			if (publisher.isWritable()) {
				publisher.async().send(new Tick());
				sent++;
			}
		}
		publisher.send(new Tick(true));
		assertThat(received.get(50, TimeUnit.SECONDS)).isEqualTo(sent).isEqualTo(3000);
	}

	record Subscribe() {
	}

	record Slow() {
	}

	record Tick(boolean last) {

		Tick() {
			this(false);
		}

	}

}
