package io.adaptive.transport;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.wire.Hello;
import io.adaptive.wire.PayloadCodec;
import io.adaptive.wire.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The opening end of a link over a socket.
 */
final class DialedLink extends FramedLink {

	private final ServiceInstance target;

	private final PayloadCodec codec;

	private final Instance self;

	private final LinkAcceptor acceptor;

	private final CompletableFuture<Link> result = new CompletableFuture<>();

	DialedLink(ServiceInstance target, LinkSettings settings, PayloadCodec codec, Instance self,
			LinkAcceptor acceptor) {
		super(target.endpoint(), settings, true);
		this.codec = codec;
		this.target = target;
		this.self = self;
		this.acceptor = acceptor;
	}

	/**
	 * Returns the link once the peer has accepted it, or a
	 * {@link ConnectionRefusedException}.
	 */
	CompletableFuture<Link> result() {
		return this.result;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		ByteBuf out = context.alloc().buffer();
		new Hello(this.target.service(), this.self, this.codec.name(), settings().limits()).write(out);
		context.writeAndFlush(out);
		super.channelActive(context);
	}

	@Override
	void handshake(ChannelHandlerContext context, ByteBuf in) {
		Welcome welcome = Welcome.read(in);
		if (welcome instanceof Welcome.Accepted accepted && !accepted.instance().equals(this.target.instance())) {
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
		fail(cause.code(), cause.message());
	}

	void fail(ErrorCode code, String reason) {
		this.result.completeExceptionally(
				new ConnectionRefusedException(code, "%s refused the connection: %s".formatted(this.target, reason)));
	}

	@Override
	public Instance self() {
		return this.self;
	}

	@Override
	public ServiceName service() {
		return this.target.service();
	}

}
