package io.adaptive.internal.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.wire.EnvelopeDecoder;
import io.adaptive.internal.wire.EnvelopeEncoder;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.Outbound;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.ReferencePayload;
import io.adaptive.spi.ScopeTraffic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutboundQueueTests {

	private static final ErrorInfo CAUSE = new ErrorInfo(ErrorCode.CANCELLED, "enough");

	private final List<String> written = new ArrayList<>();

	/** Holds back flushing, as a socket does whose peer does not read. */
	private final AtomicBoolean stuck = new AtomicBoolean();

	private final EmbeddedChannel channel = new EmbeddedChannel(new Socket());

	private final OutboundQueue queue = new OutboundQueue(this.channel, new ScopeTraffic());

	private final EnvelopeEncoder encoder = new EnvelopeEncoder(this.channel.alloc(), new ForyCodec(),
			Limits.DEFAULT.maxMessage(), this.queue::add);

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(new ForyCodec(), Limits.DEFAULT, true);

	OutboundQueueTests() {
		this.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10_000, 50_000));
	}

	private void add(Envelope envelope) {
		this.queue.add(this.encoder.encode(envelope));
	}

	private static Envelope message(int streamId, int size) {
		return new Envelope.Message(streamId, 0, 0, new ReferencePayload(new Blob(new byte[size])));
	}

	/**
	 * Notes what reaches the socket: a frame's kind and stream.
	 */
	private final class Socket extends ChannelOutboundHandlerAdapter {

		private final ByteBuf frames = Unpooled.buffer();

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			ByteBuf bytes = (ByteBuf) message;
			this.frames.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
			while (this.frames.isReadable(4)
					&& this.frames.isReadable(4 + this.frames.getInt(this.frames.readerIndex()))) {
				ByteBuf frame = this.frames.readSlice(4 + this.frames.getInt(this.frames.readerIndex()));
				OutboundQueueTests.this.written.add(frame.getByte(4) + ":" + frame.getInt(8));
			}
			context.write(message, promise);
		}

		@Override
		public void flush(ChannelHandlerContext context) {
			if (!OutboundQueueTests.this.stuck.get()) {
				context.flush();
			}
		}

	}

	private void letGo() {
		this.stuck.set(false);
		int before;
		do {
			before = this.written.size();
			this.channel.flush();
			this.channel.runPendingTasks();
			this.queue.drain();
			this.channel.runPendingTasks();
		}
		while (this.written.size() > before);
		this.channel.flush();
	}

	private List<Envelope> received() {
		List<Envelope> received = new ArrayList<>();
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf next = this.channel.readOutbound(); next != null; next = this.channel.readOutbound()) {
			all.writeBytes(next);
			next.release();
		}
		while (this.decoder.decode(all, received::add)) {
			// Until the last frame.
		}
		assertThat(all.isReadable()).isFalse();
		return received;
	}

	@Test
	void streamsTakeTurnsAFrameEach() {
		this.stuck.set(true);
		add(message(1, 110_000));
		add(message(3, 110_000));
		add(message(5, 10));
		add(message(5, 20));
		add(message(3, 10));
		this.channel.runPendingTasks();
		letGo();
		assertThat(this.written).as("TYPE, then turns; 1 is MESSAGE, 4 FRAGMENT")
			.containsExactly("5:0", "1:1", "1:3", "1:5", "4:1", "4:3", "1:5", "4:1", "4:3", "4:1", "4:3", "1:3");
		assertThat(received()).hasSize(5);
	}

	@Test
	void controlGoesFirstAndKeepsItsOwnOrder() {
		this.stuck.set(true);
		add(message(1, 110_000));
		add(new Envelope.Credit(7, 1));
		add(new Envelope.Ping(9, false));
		add(new Envelope.Credit(9, 1));
		this.channel.runPendingTasks();
		letGo();
		assertThat(this.written).containsExactly("5:0", "10:7", "11:0", "10:9", "1:1", "4:1", "4:1", "4:1");
		assertThat(received()).hasSize(4);
	}

	@Test
	void aResetDropsWhatWaitsInItsStream() {
		this.stuck.set(true);
		add(message(3, 110_000));
		add(message(3, 110_000));
		add(message(5, 10));
		this.channel.runPendingTasks();
		add(new Envelope.Reset(3, CAUSE));
		this.channel.runPendingTasks();
		letGo();
		assertThat(this.written).as("what fitted had left, 8 is RESET")
			.containsExactly("5:0", "1:3", "1:5", "4:3", "8:3");
		assertThat(received()).hasSize(2).contains(new Envelope.Reset(3, CAUSE));
	}

	@Test
	void nothingIsWrittenWhileTheSocketIsFull() {
		this.stuck.set(true);
		for (int i = 0; i < 50; i++) {
			add(message(1, 20_000));
		}
		this.channel.runPendingTasks();
		assertThat(this.written).hasSizeLessThan(6);
		letGo();
		assertThat(received()).hasSize(50);
	}

	@Test
	void closingWritesWhatWaitsFirst() {
		this.stuck.set(true);
		add(message(1, 300_000));
		this.channel.runPendingTasks();
		this.queue.closeWhenWritten();
		assertThat(this.channel.isOpen()).isTrue();
		letGo();
		assertThat(received()).hasSize(1);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whatCannotLeaveAnyMoreIsReleased() {
		this.stuck.set(true);
		List<Outbound> all = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			all.add(this.encoder.encode(message(i, 110_000)));
		}
		all.subList(0, 3).forEach(this.queue::add);
		this.channel.runPendingTasks();
		this.queue.add(all.get(3));
		this.channel.close();
		this.queue.close();
		this.queue.add(all.get(4));
		this.channel.runPendingTasks();
		this.channel.releaseOutbound();
		// The check for leaks does the asserting.
		assertThat(received()).isEmpty();
	}

	@Test
	void whatIsAddedAfterTheEventLoopHasEndedIsReleased() throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
		LocalChannel local = new LocalChannel();
		group.register(local).sync();
		OutboundQueue late = new OutboundQueue(local, new ScopeTraffic());
		group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
		for (int i = 0; i < 5; i++) {
			// The check for leaks does the asserting.
			late.add(new EnvelopeEncoder(ByteBufAllocator.DEFAULT, new ForyCodec(), 1000, late::add)
				.encode(new Envelope.Credit(1, i + 1)));
		}
	}

	@Test
	void manySmallMessagesLeaveInOneWrite() {
		for (int i = 0; i < 100; i++) {
			add(message(2 * i + 1, 32));
		}
		this.channel.runPendingTasks();
		assertThat(this.channel.outboundMessages()).hasSize(1);
		assertThat(received()).hasSize(100);
	}

	@Test
	void aLargeMessageIsNotCopiedIntoWhatLeavesTogether() {
		add(message(1, 32));
		add(message(3, 20_000));
		add(message(5, 32));
		this.channel.runPendingTasks();
		assertThat(this.channel.outboundMessages()).as("what is before it, itself, what is after it").hasSize(3);
		assertThat(received()).hasSize(3);
	}

	@Test
	void whatWasGatheredWhenTheChannelClosesIsReleased() {
		add(message(1, 10));
		add(message(3, 10));
		// Gathers both and waits for more.
		this.queue.drain();
		this.queue.close();
		this.channel.runPendingTasks();
		// The check for leaks does the rest of the asserting.
		assertThat(received()).isEmpty();
	}

	@Test
	void aBusySenderLeavesTheEventLoopTimeForOthers() {
		List<Integer> writtenBefore = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			add(new Envelope.Credit(1, 1));
		}
		this.channel.eventLoop().execute(() -> writtenBefore.add(this.written.size()));
		this.channel.runPendingTasks();
		letGo();
		assertThat(this.written).hasSize(20_000);
		assertThat(writtenBefore).singleElement().satisfies((count) -> assertThat(count).isLessThan(10_000));
		this.channel.releaseOutbound();
	}

	record Blob(byte[] bytes) {
	}

}
