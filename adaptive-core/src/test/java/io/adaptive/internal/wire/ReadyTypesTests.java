package io.adaptive.internal.wire;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.adaptive.annotation.Message;
import io.adaptive.message.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.scheduler.NonBlocking;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event loop may encode and decode: only what is prepared, and compared.
 */
class ReadyTypesTests {

	static Stream<PayloadCodec> codecs() {
		return Stream.of(JacksonCodec.json(), CborCodec.create(RegisteredTypes.NONE), new ForyCodec());
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeIsReadyOnceItWasPrepared(PayloadCodec codec) {
		assertThat(codec.isReady(new Prepared(1))).isFalse();
		assertThat(codec.isReady(MessageType.of(Prepared.class), 0)).isFalse();
		codec.warmUp(Prepared.class);
		assertThat(codec.isReady(new Prepared(1))).isTrue();
		assertThat(codec.isReady(MessageType.of(Prepared.class), MessageSchema.of(Prepared.class).fingerprint()))
			.isTrue();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeIsPreparedWhoseEnumHasConstantsWithBodies(PayloadCodec codec) {
		codec.prepare(Computed.class);
		codec.warmUp(Computed.class);
		assertThat(codec.isReady(new Computed(Operation.NEGATE))).isTrue();
		assertThat(codec.isReady(MessageType.of(Computed.class), MessageSchema.of(Computed.class).fingerprint()))
			.isTrue();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeIsReadyOnceItWasSentOrReceived(PayloadCodec codec) {
		byte[] encoded = codec.encode(new Used(1), Arrays::copyOf);
		assertThat(codec.isReady(new Used(1))).isTrue();
		assertThat(codec.isReady(MessageType.of(Used.class), 0)).isFalse();
		codec.decode(MessageType.of(Used.class), encoded);
		assertThat(codec.isReady(MessageType.of(Used.class), 0)).isTrue();
	}

	/**
	 * Each instance of Fory makes readers of its own for each declaration of a peer.
	 */
	@Test
	void anEventLoopGetsAnInstanceThatHasReadTheDeclaration() {
		// The first time classes are loaded.
		assertThat(mostAllocatedByDecoding()).isPositive();
		// A reader takes some 9,000.
		assertThat(mostAllocatedByDecoding()).isLessThan(3_000);
	}

	private static long mostAllocatedByDecoding() {
		PayloadCodec codec = new ForyCodec(RegisteredTypes.NONE, (work) -> {
		});
		long other = MessageSchema.of(Older.class).fingerprint();
		MessageType<Newer> newer = MessageType.of(Newer.class);
		byte[] older = new ForyCodec().encode(new Older(1), Arrays::copyOf);
		codec.prepare(Newer.class);
		assertThat(codec.isReady(newer, other)).isFalse();
		// The prepared instance is in use, so another one reads.
		codec.encode(new Newer(2, null), (bytes, length) -> codec.decode(newer, other, older));
		long most = 0;
		for (int i = 0; i < 8; i++) {
			assertThat(codec.isReady(newer, other)).isTrue();
			most = Math.max(most, EventLoop.allocatedBy(() -> codec.decode(newer, other, older)));
		}
		System.out.printf("an event loop allocates at most %s bytes%n", most);
		return most;
	}

	@Test
	void aTypeStaysReadyWhileItsCodeIsGenerated() throws InterruptedException {
		PayloadCodec codec = new ForyCodec(RegisteredTypes.NONE, (work) -> {
		});
		codec.prepare(Generated.class);
		MessageType<Generated> type = MessageType.of(Generated.class);
		long own = MessageSchema.of(Generated.class).fingerprint();
		Thread background = new Thread(() -> codec.warmUp(Generated.class));
		background.start();
		int asked = 0;
		int ready = 0;
		do {
			asked++;
			ready += (codec.isReady(new Generated(1, "a")) && codec.isReady(type, own)) ? 1 : 0;
		}
		while (background.isAlive());
		background.join();
		assertThat(ready).isEqualTo(asked);
	}

	@Test
	void anEventLoopMakesNoInstanceAfterTheTurnToGeneratedCode() {
		// The first time classes are loaded.
		assertThat(allocatedAfterTheTurn(new Generated(1, "a"))).isPositive();
		assertThat(allocatedAfterTheTurn(new AlsoGenerated(1, "a"))).isLessThan(20_000);
	}

	private static long allocatedAfterTheTurn(Object message) {
		PayloadCodec codec = new ForyCodec(RegisteredTypes.NONE, (work) -> {
		});
		codec.prepare(message.getClass());
		codec.warmUp(message.getClass());
		return EventLoop.allocatedBy(() -> codec.encode(message, Arrays::copyOf));
	}

	/**
	 * A thread that must not wait. An instance of Fory takes more than 60 KB.
	 */
	static final class EventLoop extends Thread implements NonBlocking {

		private final Runnable work;

		private long allocated = Long.MAX_VALUE;

		private EventLoop(Runnable work) {
			this.work = work;
		}

		static long allocatedBy(Runnable work) {
			EventLoop loop = new EventLoop(work);
			loop.start();
			try {
				loop.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return loop.allocated;
		}

		@Override
		public void run() {
			ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			long before = threads.getCurrentThreadAllocatedBytes();
			this.work.run();
			this.allocated = threads.getCurrentThreadAllocatedBytes() - before;
		}

	}

	record Generated(int number, String text) {
	}

	record AlsoGenerated(int number, String text) {
	}

	@Test
	void askingForADeclarationComputesNone() {
		SenderDeclaration sender = new SenderDeclaration(1, "other{}");
		assertThat(sender.isChecked(MessageType.of(Never.class))).isFalse();
		assertThat(MessageSchema.known(Never.class)).isNull();
	}

	@Test
	void declarationsWithinTheProcessAreComparedOncePerConnection() {
		LocalEncoder encoder = new LocalEncoder(new ForyCodec());
		MessageType<Newer> newer = MessageType.of(Newer.class);
		EncodedPayload first = encoder.encode(new Older(1), 1000);
		assertThat(first.isReady(newer)).isFalse();
		assertThat(first.decode(newer)).isEqualTo(new Newer(1, null));
		assertThat(encoder.encode(new Older(2), 1000).isReady(newer)).isTrue();
		assertThat(new LocalEncoder(new ForyCodec()).encode(new Older(1), 1000).isReady(newer)).isFalse();
	}

	record Prepared(int number) {
	}

	record Used(int number) {
	}

	record Computed(Operation operation) {
	}

	enum Operation {

		NEGATE {
			@Override
			int apply(int number) {
				return -number;
			}
		};

		abstract int apply(int number);

	}

	record Never(int number) {
	}

	@Message("io.adaptive.wire.ready")
	record Older(int number) {
	}

	@Message("io.adaptive.wire.ready")
	record Newer(int number, List<String> added) {
	}

}
