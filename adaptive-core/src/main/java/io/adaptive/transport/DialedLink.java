package io.adaptive.transport;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.wire.Hello;
import io.adaptive.wire.PayloadCodec;
import io.adaptive.wire.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The opening end of a link over a socket.
 */
final class DialedLink extends FramedLink {

	private final ServiceName service;

	private final @Nullable Instance expected;

	private final PayloadCodec codec;

	private final Instance self;

	private final LinkAcceptor acceptor;

	private final CompletableFuture<Link> result;

	private boolean connected;

	/**
	 * Makes a link.
	 * @param expected the node that must answer, {@code null} for any
	 * @param result gets the link once the peer has accepted it, or a
	 * {@link ConnectionRefusedException}
	 */
	DialedLink(Endpoint endpoint, ServiceName service, @Nullable Instance expected, LinkSettings settings,
			PayloadCodec codec, Instance self, LinkAcceptor acceptor, CompletableFuture<Link> result) {
		super(endpoint, settings, true);
		this.service = service;
		this.expected = expected;
		this.codec = codec;
		this.self = self;
		this.acceptor = acceptor;
		this.result = result;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		this.connected = true;
		ByteBuf out = context.alloc().buffer();
		new Hello(this.service, this.self, this.codec.name(), settings().limits()).write(out);
		context.writeAndFlush(out);
		super.channelActive(context);
	}

	@Override
	void handshake(ChannelHandlerContext context, ByteBuf in) {
		Welcome welcome = Welcome.read(in);
		if (welcome instanceof Welcome.Accepted accepted && this.expected != null
				&& !accepted.instance().equals(this.expected)) {
			fail(ErrorCode.UNAVAILABLE, "%s answered instead".formatted(accepted.instance()));
			context.close();
		}
		else if (welcome instanceof Welcome.Accepted accepted) {
			establish(accepted.instance(), accepted.limits(), this.codec, this.acceptor).opened();
			this.result.complete(this);
		}
		else if (welcome instanceof Welcome.Refused refused) {
			fail(refused.code(), refused.reason());
			context.close();
		}
	}

	@Override
	void handshakeFailed(ErrorInfo cause) {
		// Why there never was a connection is better known to who tried to make it.
		if (this.connected || cause.code() != ErrorCode.UNAVAILABLE) {
			fail(cause.code(), cause.message());
		}
	}

	private void fail(ErrorCode code, String reason) {
		this.result.completeExceptionally(new ConnectionRefusedException(code,
				"%s@%s refused the connection: %s".formatted(this.service, endpoint(), reason)));
	}

	@Override
	public Instance self() {
		return this.self;
	}

	@Override
	public ServiceName service() {
		return this.service;
	}

}
