package io.adaptive.internal.transport;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.internal.wire.RelayToken;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The accepting end of a handshake.
 */
final class AcceptHandshake extends HandshakeHandler {

	private final LinkAcceptor acceptor;

	private final WaitingClients waitingClients;

	/** Whether the receiver has still to decide. Bytes that arrive before that wait. */
	private boolean admitting;

	AcceptHandshake(LinkOwner owner, Endpoint endpoint, LinkAcceptor acceptor, WaitingClients waitingClients) {
		super(owner, endpoint);
		this.acceptor = acceptor;
		this.waitingClients = waitingClients;
	}

	@Override
	void read(ChannelHandlerContext context, ByteBuf in) {
		Hello hello = this.admitting ? null : Hello.read(in);
		if (hello == null) {
			return;
		}
		if (hello.relayToken() != null) {
			relay(context, hello, hello.relayToken());
			return;
		}
		PayloadCodec codec = hello.raw() ? owner().codecs().preferred() : owner().codecs().find(hello.codec());
		if (codec == null) {
			refuse(context, null, ErrorCode.UNIMPLEMENTED,
					"codec \"%s\" is not known here, these are: %s".formatted(hello.codec(), owner().codecs()));
			return;
		}
		try {
			accept(context, hello, codec);
		}
		catch (ConnectionRefusedException ex) {
			refuse(context, hello.instance(), ex.code(), String.valueOf(ex.getMessage()));
		}
	}

	private void accept(ChannelHandlerContext context, Hello hello, PayloadCodec codec) {
		FramedLink link = new FramedLink(context.channel(),
				new Handshake(endpoint(), hello.service(), scope(hello), hello.instance(), hello.limits(), false),
				owner(), codec);
		if (hello.raw()) {
			becomeRaw(context, link, this.acceptor::acceptRaw, () -> welcome(context));
			return;
		}
		Candidate candidate = new Candidate(link, this.acceptor.accept(link), codec);
		CompletionStage<?> admission = candidate.receiver().admission();
		if (admission == null) {
			open(context, candidate);
		}
		else {
			await(context, candidate, admission);
		}
	}

	/**
	 * Opens the link before the answer is written: if opening fails, the receiver is
	 * notified of the end after the beginning.
	 */
	private void open(ChannelHandlerContext context, Candidate candidate) {
		giveWayTo(context, new FrameHandler(candidate.link(), candidate.receiver(), candidate.codec(),
				context.executor(), () -> welcome(context)));
	}

	private Scope scope(Hello hello) {
		if (endpoint() instanceof Endpoint.UnixSocket) {
			return Scope.OS;
		}
		return (hello.scope() == Scope.WAN) ? Scope.WAN : Scope.LAN;
	}

	/**
	 * Stops reading until the receiver has decided. The deadline of the handshake
	 * continues.
	 */
	private void await(ChannelHandlerContext context, Candidate candidate, CompletionStage<?> admission) {
		this.admitting = true;
		context.channel().config().setAutoRead(false);
		CompletionStage<?> unused = admission.whenComplete((admitted, error) -> {
			try {
				context.executor().execute(() -> decided(context, candidate, error));
			}
			catch (RejectedExecutionException ex) {
				// The event loop has ended, and with it the channel.
				candidate.receiver().closed(Link.CLOSED_BY_PEER);
			}
		});
	}

	private void decided(ChannelHandlerContext context, Candidate candidate, @Nullable Throwable error) {
		ErrorInfo failure = failure();
		if (failure != null) {
			candidate.fail(failure);
		}
		else if (error != null) {
			ErrorInfo refusal = ConnectionRefusedException.of(error).printable();
			turnAway(context, refusal);
			candidate.fail(refusal);
		}
		else {
			this.admitting = false;
			open(context, candidate);
			context.channel().config().setAutoRead(true);
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
	 * Joins the connection with a waiting client: the opener is the node behind the
	 * proxy, not a client.
	 */
	private void relay(ChannelHandlerContext context, Hello hello, RelayToken token) {
		WaitingClient client = this.waitingClients.take(token, hello);
		if (client == null) {
			turnAway(context, new ErrorInfo(ErrorCode.NOT_FOUND,
					"no client waits with this token for %s: it is used, or too late".formatted(hello.instance())));
			return;
		}
		welcome(context);
		giveWayTo(context, client.join(context.channel()));
	}

	private void welcome(ChannelHandlerContext context) {
		write(context, new Welcome.Accepted(owner().self(), owner().settings().limits().atTheStart(true)));
	}

	@Override
	void writeRefusal(ChannelHandlerContext context, ErrorInfo cause) {
		write(context, new Welcome.Refused(cause.code(), cause.message()));
	}

	private static void write(ChannelHandlerContext context, Welcome welcome) {
		ByteBuf out = context.alloc().buffer();
		welcome.write(out);
		context.channel().writeAndFlush(out);
	}

	/**
	 * A link that may be opened.
	 */
	private record Candidate(FramedLink link, Link.Receiver receiver, PayloadCodec codec) {

		/**
		 * Ends the link before it is opened. A cause set earlier by its receiver takes
		 * precedence.
		 */
		void fail(ErrorInfo cause) {
			this.link.breakOff(cause);
			this.receiver.closed(this.link.channelClosed());
		}

	}

}
