package io.adaptive.node;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Envelope;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node does with a peer that breaks the protocol: it tells why, logs one line, and
 * ends that connection and no other.
 */
class BadPeerTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final byte[] HELLO = RawPeer.hello(SERVICE, "fory");

	private static final int MAX_MESSAGE = 100_000;

	private static final LinkSettings SETTINGS = new LinkSettings(
			new Limits(MAX_MESSAGE, 16 * Limits.MIN_CREDIT, 16 * Limits.MIN_CREDIT), Duration.ofSeconds(1),
			Duration.ofSeconds(5), Duration.ofSeconds(15));

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final CountDownLatch conversationsEnd = new CountDownLatch(1);

	private Connection good;

	private SocketAddress address;

	/**
	 * Returns where the peers meet.
	 */
	Scope scope() {
		return Scope.OS;
	}

	@BeforeEach
	void publish() {
		AdaptiveNode server = this.nodes.node((builder) -> builder.linkSettings(SETTINGS), scope());
		server.newServer()
			.publish(Service.named(SERVICE).handle(Text.class, (text) -> text).handle(Talk.class, (talk, stream) -> {
				this.conversationsEnd.await();
				return null;
			}));
		this.good = this.nodes.connect(this.nodes.node(scope()), scope(), SERVICE);
		this.address = this.nodes.address(scope());
	}

	@AfterEach
	void endConversations() {
		this.conversationsEnd.countDown();
	}

	private void assertNobodyElseIsHarmed() {
		assertThat(this.good.sendRecv(new Text("still here"), Text.class)).isEqualTo(new Text("still here"));
	}

	/**
	 * Leaves out messages before the broken rule that could not be decoded.
	 */
	private List<String> warningsOfConnections() {
		return this.log.warnings().stream().filter((line) -> !line.startsWith("WARN message not decoded")).toList();
	}

	private void assertOneLineSays(String text) {
		Awaitility.await().untilAsserted(() -> assertThat(warningsOfConnections()).isNotEmpty());
		assertNobodyElseIsHarmed();
		assertThat(warningsOfConnections()).singleElement().satisfies((line) -> {
			assertThat(line).startsWith("WARN").contains(text).doesNotContainPattern("\\p{Cntrl}");
			assertThat(line).hasSizeLessThan(2000);
		});
	}

	private static byte[] changed(byte[] bytes, int index, int... values) {
		byte[] copy = bytes.clone();
		for (int i = 0; i < values.length; i++) {
			copy[index + i] = (byte) values[i];
		}
		return copy;
	}

	private static byte[] joined(byte[]... parts) {
		byte[] all = new byte[Arrays.stream(parts).mapToInt((part) -> part.length).sum()];
		int position = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, all, position, part.length);
			position += part.length;
		}
		return all;
	}

	private static byte[] helloWithField(int tag, String value) {
		byte[] text = value.getBytes(StandardCharsets.UTF_8);
		byte[] field = joined(
				new byte[] { (byte) (tag >> 8), (byte) tag, (byte) (text.length >> 8), (byte) text.length }, text);
		int length = HELLO.length - 8 + field.length;
		return joined(changed(HELLO, 6, length >> 8, length), field);
	}

	static Stream<Arguments> badHandshakes() {
		byte[] garbage = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8);
		return Stream.of(Arguments.of("garbage", garbage, ErrorCode.INTERNAL, "does not speak this protocol"),
				Arguments.of("zeros", new byte[100_000], ErrorCode.INTERNAL, "does not speak this protocol"),
				Arguments.of("a wrong magic", changed(HELLO, 3, 'X'), ErrorCode.INTERNAL, "41 44 50 58"),
				Arguments.of("a newer version", changed(HELLO, 4, 2, 3), ErrorCode.UNIMPLEMENTED, "2 to 3"),
				Arguments.of("an older version", changed(HELLO, 4, 0, 0), ErrorCode.UNIMPLEMENTED, "0 to 0"),
				Arguments.of("too many fields", changed(HELLO, 6, 0x40, 1), ErrorCode.INTERNAL, "16385"),
				Arguments.of("a critical field", helloWithField(0x8063, "x"), ErrorCode.INTERNAL, "critical"),
				Arguments.of("a forbidden name", helloWithField(2, "a\u001b[31m\nWARN b"), ErrorCode.INTERNAL,
						"U+001B"),
				Arguments.of("no provider id", helloWithField(3, ""), ErrorCode.INTERNAL, "provider id"),
				Arguments.of("an unknown codec", RawPeer.hello(SERVICE, "morse"), ErrorCode.UNIMPLEMENTED, "morse"),
				Arguments.of("a forged line", RawPeer.hello(SERVICE, "x\r\nWARN forged \u001b[31m\u0085"),
						ErrorCode.UNIMPLEMENTED, "forged"),
				Arguments.of("a very long codec", RawPeer.hello(SERVICE, "x".repeat(16_000)), ErrorCode.UNIMPLEMENTED,
						"xxxx"),
				Arguments.of("an unknown service", RawPeer.hello(new ServiceName("test", "none"), "fory"),
						ErrorCode.NOT_FOUND, "test/none"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badHandshakes")
	void aBadHandshakeIsRefusedWithItsReason(String what, byte[] bytes, ErrorCode code, String reason)
			throws Exception {
		try (RawPeer peer = RawPeer.connect(this.address)) {
			peer.sendAsMuchAsPossible(bytes);
			assertThat(peer.welcome()).as(what).isInstanceOfSatisfying(Welcome.Refused.class, (refused) -> {
				assertThat(refused.code()).isEqualTo(code);
				assertThat(refused.reason()).contains(reason).doesNotContainPattern("\\p{Cntrl}");
			});
			assertThat(peer.next()).as("the end").isNull();
		}
		assertOneLineSays(reason);
	}

	@SlowTest
	@ParameterizedTest
	@MethodSource("silences")
	void aHandshakeThatIsNotCompleteInTimeIsRefused(byte[] beginning) throws Exception {
		try (RawPeer peer = RawPeer.connect(this.address)) {
			peer.send(beginning);
			assertThat(peer.welcome()).isInstanceOfSatisfying(Welcome.Refused.class, (refused) -> {
				assertThat(refused.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
				assertThat(refused.reason()).contains("1000 ms");
			});
			assertThat(peer.next()).as("the end").isNull();
		}
		assertOneLineSays("1000 ms");
	}

	static Stream<byte[]> silences() {
		return Stream.of(new byte[0], Arrays.copyOf(HELLO, 3), Arrays.copyOf(HELLO, HELLO.length - 1));
	}

	static Stream<Arguments> brokenRules() {
		byte[] first = RawPeer.frame(RawPeer.MESSAGE, 1, 1, 0, 1, new byte[32 * 1024]);
		byte[] more = RawPeer.frame(4, 1, 1, 0, 0, new byte[32 * 1024]);
		byte[] text = RawPeer.type(1, Text.class.getName());
		byte[] talk = RawPeer.type(1, Talk.class.getName());
		byte[] note = RawPeer.type(2, "note");
		byte[] large = RawPeer.frame(RawPeer.MESSAGE, 0, 1, 0, 2, new byte[32 * 1024]);
		byte[] startTalk = RawPeer.frame(RawPeer.MESSAGE, 0, 1, 0, 1,
				new ForyCodec().encode(new Talk(), Arrays::copyOf));
		return Stream.of(
				Arguments.of("a frame over the limit", changed(more, 0, 0, 0, 0x94, 0x15), ErrorCode.RESOURCE_EXHAUSTED,
						"37909"),
				Arguments.of("a frame below the least", changed(more, 0, 0, 0, 0, 19), ErrorCode.RESOURCE_EXHAUSTED,
						"19 bytes"),
				Arguments.of("garbage after the handshake", "hello, is anybody there?".getBytes(StandardCharsets.UTF_8),
						ErrorCode.RESOURCE_EXHAUSTED, "bytes"),
				Arguments.of("a message over the limit", joined(text, first, more, more, more),
						ErrorCode.RESOURCE_EXHAUSTED, String.valueOf(MAX_MESSAGE)),
				Arguments.of("a fragment without a beginning", more, ErrorCode.DATA_LOSS, "without a beginning"),
				Arguments.of("a message inside another", joined(text, first, first), ErrorCode.DATA_LOSS,
						"inside another"),
				Arguments.of("a critical kind", RawPeer.frame(99, 0x80, 0, 0, 0), ErrorCode.DATA_LOSS, "critical"),
				Arguments.of("a type announced twice", joined(text, text), ErrorCode.DATA_LOSS, "twice"),
				Arguments.of("credit of 0", RawPeer.frame(10, 0, 0, 0, 0, new byte[4]), ErrorCode.DATA_LOSS, "credit"),
				Arguments.of("more credit than was taken",
						RawPeer.frame(10, 0, 0, 0, 0, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff),
						ErrorCode.DATA_LOSS, "credit"),
				Arguments.of("a request for more than the largest message",
						RawPeer.frame(10, 0, 1, 2, 0, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff),
						ErrorCode.DATA_LOSS, "credit requested"),
				Arguments.of("more credit given back than was granted",
						RawPeer.frame(10, 0, 0, 5, 0, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff),
						ErrorCode.DATA_LOSS, "given back"),
				Arguments.of("messages without credit",
						joined(talk, note, startTalk, large, large, large, large, large, large, large, large, large),
						ErrorCode.DATA_LOSS, "without credit"),
				Arguments.of("a stream with an even id", RawPeer.frame(6, 0, 2, 0, 0), ErrorCode.DATA_LOSS, "stream 2"),
				Arguments.of("a stream opened twice",
						joined(RawPeer.frame(6, 0, 3, 0, 0), RawPeer.frame(6, 0, 3, 0, 0)), ErrorCode.DATA_LOSS,
						"stream 3"),
				Arguments.of("an error cut off", RawPeer.frame(7, 0, 1, 0, 0, (byte) 1), ErrorCode.DATA_LOSS,
						"cut off"));
	}

	@SlowTest
	@ParameterizedTest(name = "{0}")
	@MethodSource("brokenRules")
	void aBrokenRuleEndsTheConnectionWithItsReason(String what, byte[] frames, ErrorCode code, String reason)
			throws Exception {
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			peer.sendAsMuchAsPossible(frames);
			assertEndsWithGoAway(peer, what, code, reason);
		}
		assertOneLineSays(reason);
	}

	private static void assertEndsWithGoAway(RawPeer peer, String what, ErrorCode code, String reason)
			throws Exception {
		assertThat(peer.untilTheEnd()).as(what)
			.filteredOn(Envelope.GoAway.class::isInstance)
			.singleElement()
			.isInstanceOfSatisfying(Envelope.GoAway.class, (goAway) -> {
				assertThat(goAway.cause().code()).isEqualTo(code);
				assertThat(goAway.cause().message()).contains(reason);
			});
	}

	@Test
	void thePeerCanReadTheReasonEvenIfItKeepsSending() throws Exception {
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			Thread sending = new Thread(() -> {
				byte[] garbage = new byte[64 * 1024];
				for (int i = 0; i < 1000; i++) {
					peer.sendAsMuchAsPossible(garbage);
				}
			});
			sending.start();
			assertEndsWithGoAway(peer, "a flood", ErrorCode.RESOURCE_EXHAUSTED, "0 bytes");
			sending.join();
		}
		assertOneLineSays("0 bytes");
	}

	@Test
	void anUnknownTypeIsRefusedPerCallAndTheConnectionGoesOn() throws Exception {
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			peer.send(RawPeer.frame(RawPeer.MESSAGE, 0, 1, 1, 77), RawPeer.type(5, "com.example.Unknown"),
					RawPeer.frame(RawPeer.MESSAGE, 0, 1, 2, 5, new byte[10]));
			assertRefusedCall(peer.next(), 1, ErrorCode.UNIMPLEMENTED, "77");
			assertRefusedCall(peer.next(), 2, ErrorCode.UNIMPLEMENTED, "com.example.Unknown");
			assertAnswersPing(peer);
		}
		assertNobodyElseIsHarmed();
		assertThat(warningsOfConnections()).isEmpty();
	}

	@Test
	void aMessageThatCannotBeDecodedIsRefusedPerCallAndTheConnectionGoesOn() throws Exception {
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			peer.send(RawPeer.type(1, Text.class.getName()));
			byte[][] payloads = { {}, { -1 }, { 0 }, { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, new byte[1000] };
			for (int i = 0; i < payloads.length; i++) {
				peer.send(RawPeer.frame(RawPeer.MESSAGE, 0, 1, i + 1, 1, payloads[i]));
				assertRefusedCall(peer.next(), i + 1, ErrorCode.INVALID_ARGUMENT, Text.class.getName());
			}
			assertAnswersPing(peer);
		}
		assertNobodyElseIsHarmed();
		// Once for all, and not what was in them.
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.startsWith("WARN message not decoded service=test/echo message=" + Text.class.getName());
	}

	@Test
	void whatIsNotKnownAndNotCriticalIsPassedOver() throws Exception {
		try (RawPeer peer = RawPeer.introduced(this.address, SERVICE)) {
			peer.send(RawPeer.frame(99, 0, 1, 2, 3, new byte[100]), RawPeer.frame(9, 0, 1, 1234, 0),
					RawPeer.frame(10, 0, 12345, 0, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1));
			assertAnswersPing(peer);
		}
		assertThat(warningsOfConnections()).isEmpty();
	}

	private static void assertRefusedCall(Envelope envelope, long callId, ErrorCode code, String text) {
		assertThat(envelope).isInstanceOfSatisfying(Envelope.Failure.class, (failure) -> {
			assertThat(failure.callId()).isEqualTo(callId);
			assertThat(failure.error().code()).isEqualTo(code);
			assertThat(failure.error().delivery()).isEqualTo(Delivery.NOT_PROCESSED);
			assertThat(failure.error().message()).contains(text);
		});
	}

	private static void assertAnswersPing(RawPeer peer) throws Exception {
		peer.send(RawPeer.frame(RawPeer.PING, 0, 0, 42, 0));
		assertThat(peer.next()).isEqualTo(new Envelope.Ping(42, true));
	}

	static Map<String, byte[]> abruptEnds() {
		return Map.of("before the handshake", new byte[0], "within the handshake", Arrays.copyOf(HELLO, 20),
				"after the handshake", HELLO, "within a frame",
				joined(HELLO, Arrays.copyOf(RawPeer.type(1, Text.class.getName()), 20)), "within a message",
				joined(HELLO, RawPeer.type(1, Text.class.getName()),
						RawPeer.frame(RawPeer.MESSAGE, 1, 1, 1, 1, new byte[1000])),
				"with a call in flight", joined(HELLO, RawPeer.type(1, Talk.class.getName()),
						RawPeer.frame(RawPeer.MESSAGE, 0, 1, 1, 1, new byte[20])));
	}

	@Test
	void aPeerThatGoesWithoutAWordIsNothingToWarnAbout() throws Exception {
		for (byte[] beginning : abruptEnds().values()) {
			try (RawPeer peer = RawPeer.connect(this.address)) {
				peer.send(beginning);
			}
		}
		for (int i = 0; i < 20; i++) {
			assertNobodyElseIsHarmed();
		}
		assertThat(warningsOfConnections()).isEmpty();
	}

	@Test
	void manyBadPeersAtOnceHarmNobody() throws Exception {
		List<Object[]> rules = brokenRules().map(Arguments::get).toList();
		ParallelThreads.run(20, (number) -> {
			for (int i = 0; i < 10; i++) {
				if (number < 4) {
					assertNobodyElseIsHarmed();
					continue;
				}
				try (RawPeer peer = RawPeer.connect(this.address)) {
					peer.sendAsMuchAsPossible(HELLO, (byte[]) rules.get((number + i) % rules.size())[1]);
					if (i % 2 == 0) {
						assertThat(peer.welcome()).isInstanceOf(Welcome.Accepted.class);
						peer.untilTheEnd();
					}
				}
			}
		});
		assertThat(this.log.warnings()).noneMatch((line) -> line.startsWith("ERROR"));
	}

	record Text(String text) {
	}

	record Talk() {
	}

}
