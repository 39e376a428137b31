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
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The opening end of a link over a socket.
 */
final class DialedLink extends FramedLink {

	private final Target target;

	private final PayloadCodec codec;

	private final Instance self;

	private final LinkAcceptor acceptor;

	private final CompletableFuture<Link> result;

	private boolean connected;

	/**
	 * Makes a link.
	 * @param endpoint where to, with a socket
	 * @param target what is wanted there
	 * @param traffic counts for the node
	 * @param result gets the link once the peer has accepted it, or a
	 * {@link ConnectionRefusedException}
	 */
	DialedLink(Endpoint endpoint, Target target, LinkSettings settings, PayloadCodec codec, Instance self,
			LinkAcceptor acceptor, Traffic traffic, CompletableFuture<Link> result) {
		super(endpoint, settings, true, traffic);
		this.target = target;
		this.codec = codec;
		this.self = self;
		this.acceptor = acceptor;
		this.result = result;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		this.connected = true;
		ByteBuf out = context.alloc().buffer();
		new Hello(this.target.service(), this.target.scope(), this.self, this.codec.name(),
				settings().limits().atTheStart(false), null, this.acceptor.opensRaw())
			.write(out);
		context.writeAndFlush(out);
		super.channelActive(context);
	}

	@Override
	void handshake(ChannelHandlerContext context, ByteBuf in) {
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
		try {
			if (this.acceptor.opensRaw()) {
				becomeRaw(peer, this.acceptor::acceptRaw, () -> {
					// The accepter knows already.
				});
			}
			else {
				establish(peer, accepted.limits(), this.codec, this.acceptor).opened();
			}
			this.result.complete(this);
		}
		catch (ConnectionRefusedException ex) {
			// It was this end that did not want it any more.
			this.result.completeExceptionally(ex);
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
				"%s@%s refused the connection: %s".formatted(this.target.service(), endpoint(), reason)));
	}

	@Override
	public Instance self() {
		return this.self;
	}

	@Override
	public ServiceName service() {
		return this.target.service();
	}

	@Override
	public Scope scope() {
		if (endpoint() instanceof Endpoint.UnixSocket) {
			return Scope.OS;
		}
		return (this.target.scope() != null) ? this.target.scope() : Scope.LAN;
	}

	/**
	 * What is wanted.
	 *
	 * @param service the service
	 * @param scope where it was found, {@code null} if only the address is known
	 * @param instance the node that must answer, {@code null} for any
	 */
	record Target(ServiceName service, @Nullable Scope scope, @Nullable Instance instance) {

		static Target of(ServiceInstance instance) {
			return new Target(instance.service(), instance.scope(), instance.instance());
		}

		/**
		 * Wants a service of whatever node answers.
		 */
		static Target of(ServiceName service) {
			return new Target(service, null, null);
		}

		boolean isMetBy(Instance answering) {
			return this.instance == null || this.instance.equals(answering);
		}

	}

}
