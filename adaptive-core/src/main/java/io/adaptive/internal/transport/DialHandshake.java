package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The opening end of a handshake.
 */
final class DialHandshake extends HandshakeHandler {

	private final DialTarget target;

	private final PayloadCodec codec;

	private final LinkAcceptor acceptor;

	private final CompletableFuture<Link> result;

	private boolean connected;

	/**
	 * Creates the opening end.
	 * @param endpoint the dialled endpoint, with a socket
	 * @param target the requested service and node
	 * @param result receives the link once the peer has accepted it, or a
	 * {@link ConnectionRefusedException}
	 */
	DialHandshake(LinkOwner owner, Endpoint endpoint, DialTarget target, LinkAcceptor acceptor,
			CompletableFuture<Link> result) {
		super(owner, endpoint);
		this.target = target;
		this.codec = owner.codecs().preferred();
		this.acceptor = acceptor;
		this.result = result;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		this.connected = true;
		ByteBuf out = context.alloc().buffer();
		new Hello(this.target.service(), this.target.scope(), owner().self(), this.codec.name(),
				owner().settings().limits().atTheStart(false), null, this.acceptor.opensRaw())
			.write(out);
		context.writeAndFlush(out);
		super.channelActive(context);
	}

	@Override
	void read(ChannelHandlerContext context, ByteBuf in) {
		Welcome welcome = Welcome.read(in);
		if (welcome instanceof Welcome.Accepted accepted && !this.target.isMetBy(accepted.instance())) {
			fail(ErrorCode.UNAVAILABLE, "%s answered instead".formatted(accepted.instance()));
			context.close();
		}
		else if (welcome instanceof Welcome.Accepted accepted) {
			complete(context, accepted);
		}
		else if (welcome instanceof Welcome.Refused refused) {
			fail(refused.code(), refused.reason());
			context.close();
		}
	}

	private void complete(ChannelHandlerContext context, Welcome.Accepted accepted) {
		// One object for all connections to a known instance.
		Instance peer = (this.target.instance() != null) ? this.target.instance() : accepted.instance();
		FramedLink link = new FramedLink(context.channel(),
				new Handshake(endpoint(), this.target.service(), scope(), peer, accepted.limits(), true), owner(),
				this.codec);
		try {
			if (this.acceptor.opensRaw()) {
				becomeRaw(context, link, this.acceptor::acceptRaw, () -> {
					// The accepting end has already accepted.
				});
				this.result.complete(link);
			}
			else {
				Link.Receiver receiver = this.acceptor.accept(link);
				giveWayTo(context, new FrameHandler(link, receiver, this.codec, context.executor(),
						() -> this.result.complete(link)));
				if (!this.result.isDone()) {
					fail(ErrorCode.INTERNAL, "its receiver cannot be opened");
				}
			}
		}
		catch (ConnectionRefusedException ex) {
			// This end itself refuses the link.
			this.result.completeExceptionally(ex);
			context.close();
		}
	}

	private Scope scope() {
		if (endpoint() instanceof Endpoint.UnixSocket) {
			return Scope.OS;
		}
		return (this.target.scope() != null) ? this.target.scope() : Scope.LAN;
	}

	@Override
	void failed(ErrorInfo cause) {
		// The reason why no connection was made is reported by the code that connects.
		if (this.connected || cause.code() != ErrorCode.UNAVAILABLE) {
			fail(cause.code(), cause.message());
		}
	}

	private void fail(ErrorCode code, String reason) {
		this.result.completeExceptionally(new ConnectionRefusedException(code,
				"%s@%s refused the connection: %s".formatted(this.target.service(), endpoint(), reason)));
	}

}
