package io.adaptive.internal.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The opening end of a connection to a reverse proxy, which becomes the accepting end of
 * a client's link. Sends the token of the client; once the proxy has accepted, all
 * further bytes come from that client.
 */
final class ClientFetch extends ByteToMessageDecoder {

	private final Hello hello;

	private final Endpoint.Relayed relayed;

	private final long timeoutMillis;

	private final Supplier<ChannelHandler> link;

	private final AtomicInteger clients;

	private final CompletableFuture<?> result;

	private @Nullable ScheduledFuture<?> deadline;

	/**
	 * Creates the handler.
	 * @param link creates the handler of the accepting end of the client's link
	 * @param clients counts the connection while it is open
	 * @param result completes when the proxy has accepted
	 */
	ClientFetch(Hello hello, Endpoint.Relayed relayed, long timeoutMillis, Supplier<ChannelHandler> link,
			AtomicInteger clients, CompletableFuture<?> result) {
		this.hello = hello;
		this.relayed = relayed;
		this.timeoutMillis = timeoutMillis;
		this.link = link;
		this.clients = clients;
		this.result = result;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.clients.incrementAndGet();
		context.channel().closeFuture().addListener((closed) -> this.clients.decrementAndGet());
		this.deadline = context.executor()
			.schedule(
					() -> fail(context, ErrorCode.DEADLINE_EXCEEDED,
							"no answer within %s ms".formatted(this.timeoutMillis)),
					this.timeoutMillis, TimeUnit.MILLISECONDS);
	}

	@Override
	protected void handlerRemoved0(ChannelHandlerContext context) {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		ByteBuf out = context.alloc().buffer();
		this.hello.write(out);
		context.writeAndFlush(out);
		super.channelActive(context);
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		Welcome welcome = Welcome.read(in);
		if (welcome instanceof Welcome.Refused refused) {
			fail(context, refused.code(), refused.reason());
		}
		else if (welcome instanceof Welcome.Accepted accepted && !accepted.instance().equals(this.relayed.by())) {
			fail(context, ErrorCode.UNAVAILABLE, "%s answered instead".formatted(accepted.instance()));
		}
		else if (welcome != null) {
			context.pipeline().replace(this, context.name(), this.link.get());
			this.result.complete(null);
		}
	}

	private void fail(ChannelHandlerContext context, ErrorCode code, String reason) {
		this.result.completeExceptionally(new ConnectionRefusedException(code,
				"Client of %s cannot be fetched: %s".formatted(this.relayed, reason)));
		context.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		fail(context, ErrorCode.UNAVAILABLE, "the proxy closed the connection");
		super.channelInactive(context);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		fail(context, ErrorCode.UNAVAILABLE, String.valueOf(error.getMessage()));
	}

}
