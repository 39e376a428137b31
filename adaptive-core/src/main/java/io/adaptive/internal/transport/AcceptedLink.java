package io.adaptive.internal.transport;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.internal.wire.RelayToken;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.LinkAcceptor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

	private @Nullable ServiceName service;

	private boolean overWan;

	/** The receiver decides later; what arrives meanwhile waits. */
	private boolean admitting;

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
		Hello hello = this.admitting ? null : Hello.read(in);
		if (hello == null) {
			return;
		}
		this.service = hello.service();
		this.overWan = hello.scope() == Scope.WAN;
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
			Receiver receiver = accept(hello.instance(), hello.limits(), this.acceptor);
			CompletionStage<?> admission = receiver.admission();
			if (admission == null) {
				open(context, receiver, codec);
			}
			else {
				await(context, receiver, codec, admission);
			}
		}
		catch (ConnectionRefusedException ex) {
			refuse(context, ex.code(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Opens the link before the answer: if that fails, the end is told after the
	 * beginning. What is sent meanwhile leaves behind the answer, from a task of the
	 * event loop.
	 */
	private void open(ChannelHandlerContext context, Receiver receiver, PayloadCodec codec) {
		establish(receiver, codec);
		receiver.opened();
		write(context, new Welcome.Accepted(this.self, settings().limits().atTheStart(true)));
	}

	/**
	 * Reads nothing more until the receiver has decided. The deadline of the handshake
	 * goes on.
	 */
	private void await(ChannelHandlerContext context, Receiver receiver, PayloadCodec codec,
			CompletionStage<?> admission) {
		this.admitting = true;
		context.channel().config().setAutoRead(false);
		CompletionStage<?> unused = admission.whenComplete((admitted, error) -> {
			try {
				context.executor().execute(() -> decided(context, receiver, codec, error));
			}
			catch (RejectedExecutionException ex) {
				// The event loop has ended, and with it the channel.
				receiver.closed(CLOSED_BY_PEER);
			}
		});
	}

	private void decided(ChannelHandlerContext context, Receiver receiver, PayloadCodec codec,
			@Nullable Throwable error) {
		ErrorInfo closed = closeCause();
		if (closed != null) {
			receiver.closed(closed);
		}
		else if (error != null) {
			ErrorInfo refusal = ConnectionRefusedException.of(error).printable();
			turnAway(context, refusal);
			receiver.closed(refusal);
		}
		else {
			this.admitting = false;
			open(context, receiver, codec);
			context.channel().config().setAutoRead(true);
			goOn(context);
		}
	}

	/**
	 * Takes in what has arrived behind the opening.
	 */
	private void goOn(ChannelHandlerContext context) {
		try {
			channelRead(context, Unpooled.EMPTY_BUFFER);
		}
		catch (Exception ex) {
			exceptionCaught(context, ex);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		if (this.admitting) {
			context.fireChannelReadComplete();
		}
		else {
			super.channelReadComplete(context);
		}
	}

	/**
	 * The opener wants nothing but the bytes.
	 */
	private void takeOver(ChannelHandlerContext context, Hello hello) {
		try {
			becomeRaw(hello.instance(), this.acceptor::acceptRaw,
					() -> write(context, new Welcome.Accepted(this.self, settings().limits().atTheStart(true))));
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
		write(context, new Welcome.Accepted(this.self, settings().limits().atTheStart(true)));
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
		return this.overWan ? Scope.WAN : Scope.LAN;
	}

	@Override
	public ServiceName service() {
		ServiceName current = this.service;
		if (current == null) {
			throw new IllegalStateException("The handshake is not complete");
		}
		return current;
	}

}
