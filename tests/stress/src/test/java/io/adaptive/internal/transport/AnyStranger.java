package io.adaptive.internal.transport;

import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.EnvelopeDecoder;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What anybody who finds the socket may send, from the first byte on. The first byte says
 * in pieces of which size the others arrive.
 * <p>
 * Apart from its test and the examples: what is loaded before Jazzer's agent is
 * transformed a second time, which damages records and nested classes on JDK 17.
 */
final class AnyStranger {

	private static final Codecs CODECS = Codecs.available("fory");

	private static final Limits LIMITS = new Limits(300, Limits.MIN_CREDIT, Limits.MIN_CREDIT);

	private static final LinkSettings SETTINGS = new LinkSettings(LIMITS, LinkSettings.DEFAULT.handshakeTimeout(),
			LinkSettings.DEFAULT.pingAfter(), LinkSettings.DEFAULT.deadAfter());

	private static final Instance SELF = new Instance(new ProviderId("server"), 1);

	private static final Endpoint ENDPOINT = new Endpoint.UnixSocket(Path.of("nowhere"));

	private static final ListAppender<ILoggingEvent> LOG = logOfLinks();

	private static ListAppender<ILoggingEvent> logOfLinks() {
		Logger logger = (Logger) LoggerFactory.getLogger(FramedLink.class.getPackageName());
		logger.setAdditive(false);
		logger.setLevel(Level.ERROR);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		return appender;
	}

	private AnyStranger() {
	}

	static void check(byte[] bytes) {
		if (bytes.length == 0) {
			return;
		}
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
		RecordingReceiver receiver = new RecordingReceiver();
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.config().setAllocator(allocator);
		channel.pipeline()
			.addLast(new AcceptHandshake(new LinkOwner(SELF, CODECS, SETTINGS, new Traffic()), ENDPOINT,
					(link) -> receiver, new WaitingClients()));
		send(channel, bytes);
		ByteBuf answer = allAnswers(channel);
		channel.finishAndReleaseAll();
		assertThat(LOG.list).as("errors of this side").isEmpty();
		assertThat(receiver.opened).hasSizeLessThanOrEqualTo(1).allMatch((before) -> before == 0);
		assertThat(receiver.closeCauses).hasSameSizeAs(receiver.opened);
		assertThat(receiver.afterClose).hasValue(0);
		assertIsUnderstood(answer);
		assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
			.as("buffers that were not released")
			.isZero();
	}

	private static void send(EmbeddedChannel channel, byte[] bytes) {
		int piece = 1 + (bytes[0] & 0xff);
		for (int at = 1; at < bytes.length && channel.isActive(); at += piece) {
			int length = Math.min(piece, bytes.length - at);
			channel.writeInbound(channel.alloc().buffer(length).writeBytes(bytes, at, length));
			channel.runPendingTasks();
		}
	}

	private static ByteBuf allAnswers(EmbeddedChannel channel) {
		ByteBuf answers = Unpooled.buffer();
		for (ByteBuf answer = channel.readOutbound(); answer != null; answer = channel.readOutbound()) {
			answers.writeBytes(answer);
			answer.release();
		}
		return answers;
	}

	private static void assertIsUnderstood(ByteBuf answer) {
		if (answer.isReadable()) {
			assertThat(Welcome.read(answer)).isNotNull();
			EnvelopeDecoder decoder = new EnvelopeDecoder(CODECS.preferred(), Limits.DEFAULT, true);
			boolean more = true;
			while (more) {
				more = decoder.decode(answer, (envelope) -> {
				});
			}
			assertThat(answer.isReadable()).as("half a frame").isFalse();
		}
	}

}
