package io.adaptive.transport;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.wire.Codecs;
import io.adaptive.wire.Hello;
import io.adaptive.wire.PayloadCodec;
import io.adaptive.wire.RelayToken;
import io.adaptive.wire.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The accepting end of a link over a socket.
 */
final class AcceptedLink extends FramedLink {

	private final Codecs codecs;

	private final Instance self;

	private final LinkAcceptor acceptor;

	private final WaitingClients waitingClients;

	private @Nullable Hello hello;

	AcceptedLink(Endpoint endpoint, LinkSettings settings, Codecs codecs, Instance self, LinkAcceptor acceptor,
			WaitingClients waitingClients, Traffic traffic) {
		super(endpoint, settings, false, traffic);
		this.codecs = codecs;
		this.self = self;
		this.acceptor = acceptor;
		this.waitingClients = waitingClients;
	}

	@Override
	void handshake(ChannelHandlerContext context, ByteBuf in) {
		Hello hello = Hello.read(in);
		if (hello == null) {
			return;
		}
		this.hello = hello;
		if (hello.relayToken() != null) {
			relay(context, hello, hello.relayToken());
			return;
		}
		if (hello.raw()) {
			takeOver(context, hello);
			return;
		}
		PayloadCodec codec = this.codecs.find(hello.codec());
		if (codec == null) {
			refuse(context, ErrorCode.UNIMPLEMENTED,
					"codec \"%s\" is not known here, these are: %s".formatted(hello.codec(), this.codecs));
			return;
		}
		try {
			Receiver receiver = establish(hello.instance(), hello.limits(), codec, this.acceptor);
			// Before the answer: if that fails, the end is told after the beginning. What
			// is
			// sent meanwhile leaves behind the answer, from a task of the event loop.
			receiver.opened();
			write(context, new Welcome.Accepted(this.self, settings().limits()));
		}
		catch (ConnectionRefusedException ex) {
			refuse(context, ex.code(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * The opener wants nothing but the bytes.
	 */
	private void takeOver(ChannelHandlerContext context, Hello hello) {
		try {
			becomeRaw(hello.instance(), this.acceptor::acceptRaw,
					() -> write(context, new Welcome.Accepted(this.self, settings().limits())));
		}
		catch (ConnectionRefusedException ex) {
			refuse(context, ex.code(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * The opener is no client, but comes for one that waits here.
	 */
	private void relay(ChannelHandlerContext context, Hello hello, RelayToken token) {
		WaitingClient client = this.waitingClients.take(token, hello);
		if (client == null) {
			turnAway(context, new ErrorInfo(ErrorCode.NOT_FOUND,
					"no client waits with this token for %s: it is used, or too late".formatted(hello.instance())));
			return;
		}
		write(context, new Welcome.Accepted(this.self, settings().limits()));
		giveWayTo(client.join(context.channel()));
	}

	@Override
	void refuseHandshake(ChannelHandlerContext context, ErrorInfo cause) {
		write(context, new Welcome.Refused(cause.code(), cause.message()));
	}

	private static void write(ChannelHandlerContext context, Welcome welcome) {
		ByteBuf out = context.alloc().buffer();
		welcome.write(out);
		context.writeAndFlush(out);
	}

	@Override
	void handshakeFailed(ErrorInfo cause) {
		// Nobody here waits for a connection that a stranger did not complete.
	}

	@Override
	public Instance self() {
		return this.self;
	}

	@Override
	public Scope scope() {
		if (endpoint() instanceof Endpoint.UnixSocket) {
			return Scope.OS;
		}
		return (introduced().scope() == Scope.WAN) ? Scope.WAN : Scope.LAN;
	}

	@Override
	public ServiceName service() {
		return introduced().service();
	}

	private Hello introduced() {
		Hello current = this.hello;
		if (current == null) {
			throw new IllegalStateException("The handshake is not complete");
		}
		return current;
	}

}
