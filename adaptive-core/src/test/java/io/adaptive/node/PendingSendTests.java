package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asynchronous sends to a peer that does not receive are refused beyond a bound, and the
 * stream stays usable.
 */
class PendingSendTests {

	private static final ServiceName SERVICE = new ServiceName("test", "ticks");

	private static final int MANY = 100_000;

	private static final int CREDIT = (1 << 20) / 256;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final BlockingQueue<ContextStream> subscribers = new LinkedBlockingQueue<>();

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void sendsToASubscriberThatDoesNotReceiveAreBoundedByTheirNumber(Scope scope) throws Exception {
		bounded(scope, 0, 16 * 1024);
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void sendsToASubscriberThatDoesNotReceiveAreBoundedByTheirBytes(Scope scope) throws Exception {
		bounded(scope, 64 * 1024, 256);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theNumberOfPendingMessagesIsASettingOfBothEnds(Scope scope) {
		Connection connection = connect(scope, LinkSettings.DEFAULT.withPending(new PendingLimits(7, 1 << 20)));
		MessageStream stream = connection.newStream();
		assertThat(firstRefusal(subscribe(stream), 0)).hasMessageStartingWith("7 messages of 1 KB wait for credit on ")
			.hasMessageContaining("adaptive.link.max-pending-messages");
		assertThat(firstRefusal(stream, 0)).hasMessageStartingWith("7 messages of 1 KB wait for credit on ");
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void theSizeOfPendingMessagesIsASetting(Scope scope) {
		Connection connection = connect(scope, LinkSettings.DEFAULT.withPending(new PendingLimits(1000, 128 * 1024)));
		assertThat(firstRefusal(subscribe(connection.newStream()), 64 * 1024))
			.hasMessageStartingWith("2 messages of 128 KB wait for credit on ")
			.hasMessageContaining("max-pending-size");
	}

	private ContextStream subscribe(MessageStream stream) {
		stream.send(new Subscribe());
		try {
			return Objects.requireNonNull(this.subscribers.poll(20, TimeUnit.SECONDS));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Throwable firstRefusal(MessageStream stream, int size) {
		for (int i = 0; i < MANY; i++) {
			CompletableFuture<?> sent = stream.async().send(new Tick(i, new byte[size]));
			if (sent.isCompletedExceptionally()) {
				return sent.handle((left, error) -> error).join();
			}
		}
		throw new AssertionError("No send was refused");
	}

	private void bounded(Scope scope, int size, int bound) throws Exception {
		MessageStream stream = connect(scope).newStream();
		ContextStream publisher = subscribe(stream);
		List<CompletableFuture<?>> sent = new ArrayList<>();
		CompletableFuture<?> last = null;
		for (int i = 0; i < MANY && (last == null || !last.isCompletedExceptionally()); i++) {
			last = publisher.async().send(new Tick(i, new byte[size]));
			sent.add(last);
		}
		refused(last);
		int accepted = sent.size() - 1;
		// Beside those for which the stream has credit.
		assertThat(accepted).isBetween(bound, bound + CREDIT);
		assertThat(publisher.async().send(new Tick(-1, new byte[size]))).isCompletedExceptionally();
		stream.setReceiveTimeout(Duration.ofSeconds(20));
		for (int i = 0; i < accepted; i++) {
			assertThat(stream.recv(Tick.class).number()).isEqualTo(i);
		}
		publisher.async().send(new Tick(MANY, new byte[0])).get(50, TimeUnit.SECONDS);
		assertThat(stream.recv(Tick.class).number()).as("after those that were refused").isEqualTo(MANY);
	}

	private static void refused(CompletableFuture<?> sent) throws Exception {
		try {
			sent.get(50, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOfSatisfying(AdaptiveException.class, (refusal) -> {
				assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
				assertThat(refusal.delivery()).isEqualTo(Delivery.NOT_SENT);
				assertThat(refusal).hasMessageContaining("wait for credit")
					.hasMessageContaining("drop the message, or close the stream");
			});
			return;
		}
		throw new AssertionError("No send was refused");
	}

	private Connection connect(Scope scope) {
		return connect(scope, LinkSettings.DEFAULT);
	}

	private Connection connect(Scope scope, LinkSettings settings) {
		this.nodes.node((builder) -> builder.linkSettings(settings), scope)
			.newServer()
			.publish(Service.named(SERVICE).handle(Subscribe.class, (subscribe, stream) -> {
				this.subscribers.add(stream);
				return null;
			}));
		return this.nodes.connect(this.nodes.node((builder) -> builder.linkSettings(settings), scope), scope, SERVICE);
	}

	record Subscribe() {
	}

	record Tick(int number, byte[] content) {
	}

}
