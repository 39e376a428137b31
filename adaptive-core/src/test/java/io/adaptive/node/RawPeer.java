package io.adaptive.node;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.OwnThread;
import io.adaptive.internal.wire.EnvelopeDecoder;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer on a socket that sends whatever bytes it likes.
 */
final class RawPeer implements AutoCloseable {

	static final int MESSAGE = 1;

	static final int TYPE = 5;

	static final int PING = 11;

	private static final Instance SELF = new Instance(new ProviderId("raw"), 99);

	private final SocketChannel channel;

	private final ByteBuf in = Unpooled.buffer();

	private final EnvelopeDecoder decoder = new EnvelopeDecoder(new ForyCodec(), Limits.DEFAULT, true);

	private final List<Envelope> received = new ArrayList<>();

	RawPeer(SocketChannel channel) {
		this.channel = channel;
	}

	static RawPeer connect(SocketAddress address) throws IOException {
		return new RawPeer(SocketChannel.open(address));
	}

	/**
	 * Connects and introduces itself properly.
	 */
	static RawPeer introduced(SocketAddress address, ServiceName service) throws Exception {
		RawPeer peer = connect(address);
		peer.send(hello(service, "fory"));
		assertThat(peer.welcome()).isInstanceOf(Welcome.Accepted.class);
		return peer;
	}

	static byte[] hello(ServiceName service, String codec) {
		ByteBuf out = Unpooled.buffer();
		new Hello(service, null, SELF, codec, Limits.DEFAULT).write(out);
		return bytes(out);
	}

	static byte[] bytes(ByteBuf buffer) {
		byte[] bytes = new byte[buffer.readableBytes()];
		buffer.readBytes(bytes);
		return bytes;
	}

	/**
	 * Makes a frame after {@code docs/protocol.md}.
	 */
	static byte[] frame(int kind, int flags, int streamId, long callId, int typeId, byte... payload) {
		return ByteBuffer.allocate(24 + payload.length)
			.putInt(20 + payload.length)
			.put((byte) kind)
			.put((byte) flags)
			.putShort((short) 0)
			.putInt(streamId)
			.putLong(callId)
			.putInt(typeId)
			.put(payload)
			.array();
	}

	static byte[] type(int typeId, String name) {
		byte[] text = name.getBytes(StandardCharsets.UTF_8);
		return frame(TYPE, 0, 0, 0, typeId,
				ByteBuffer.allocate(12 + text.length)
					.put(new byte[] { 1, 0 })
					.putLong(0)
					.putShort((short) text.length)
					.put(text)
					.array());
	}

	void send(byte[]... all) throws IOException {
		for (byte[] bytes : all) {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				this.channel.write(buffer);
			}
		}
	}

	/**
	 * Sends, unless the peer has had enough.
	 */
	void sendAsMuchAsPossible(byte[]... all) {
		try {
			send(all);
		}
		catch (IOException ex) {
			// That is what these tests are about.
		}
	}

	/**
	 * Waits for the answer to the handshake.
	 */
	Welcome welcome() throws Exception {
		Welcome welcome = Welcome.read(this.in);
		while (welcome == null && read()) {
			welcome = Welcome.read(this.in);
		}
		return welcome;
	}

	/**
	 * Waits for the next envelope that is not about credit.
	 * @return {@code null} at the end of the connection
	 */
	Envelope next() throws Exception {
		Envelope next = nextOfAll();
		while (next instanceof Envelope.Credit) {
			next = nextOfAll();
		}
		return next;
	}

	private Envelope nextOfAll() throws Exception {
		while (this.received.isEmpty() && (this.decoder.decode(this.in, this.received::add) || read())) {
			// Until there is one.
		}
		return this.received.isEmpty() ? null : this.received.remove(0);
	}

	/**
	 * Waits for the end of the connection.
	 * @return what came before
	 */
	List<Envelope> untilTheEnd() throws Exception {
		List<Envelope> all = new ArrayList<>();
		for (Envelope next = next(); next != null; next = next()) {
			all.add(next);
		}
		return all;
	}

	/**
	 * Waits for the end of a connection whose beginning was never looked at.
	 */
	void untilTheHelloEnds() throws Exception {
		while (read()) {
			this.in.clear();
		}
	}

	private boolean read() throws Exception {
		return CompletableFuture.supplyAsync(() -> {
			try {
				ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
				int count = this.channel.read(buffer);
				this.in.writeBytes(buffer.flip());
				return count >= 0;
			}
			catch (IOException ex) {
				return false;
			}
		}, OwnThread.EXECUTOR).get(20, TimeUnit.SECONDS);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
