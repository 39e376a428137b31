package io.adaptive.internal.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import io.adaptive.internal.wire.Hello;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;

/**
 * The connection of a client to a relay port. Nothing is read from it before the node
 * behind the proxy has fetched it: the first bytes of the client wait in its socket.
 */
final class WaitingClient extends ChannelInboundHandlerAdapter {

	private static final int MAX_EARLY_BYTES = 64 * 1024;

	private final Channel channel;

	private final List<ByteBuf> early = new ArrayList<>(0);

	private boolean ended;

	private final Port port;

	private final ServiceName service;

	private final Instance provider;

	WaitingClient(Channel channel, Port port, ServiceName service, Instance provider) {
		this.channel = channel;
		this.port = port;
		this.service = service;
		this.provider = provider;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		super.channelActive(context);
		// A connection that ends before it is fetched may still have sent bytes.
		context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		this.port.arrived(this);
	}

	/**
	 * Waits to be fetched, with a timeout.
	 * @param leave ends the waiting, and returns whether the client still waited
	 * @param request the request to fetch it, cancelled when the connection is closed
	 */
	void await(BooleanSupplier leave, CompletableFuture<?> request, long millis) {
		ScheduledFuture<?> deadline = this.channel.eventLoop().schedule(() -> {
			if (leave.getAsBoolean()) {
				this.port.notFetched();
				this.channel.close();
			}
		}, millis, TimeUnit.MILLISECONDS);
		this.channel.closeFuture().addListener((closed) -> {
			boolean unused = leave.getAsBoolean();
			deadline.cancel(false);
			request.cancel(false);
		});
		request.whenComplete((sent, error) -> {
			if (error != null && leave.getAsBoolean()) {
				this.channel.close();
			}
		});
	}

	/**
	 * Returns whether this client waits for the node and service of a hello.
	 */
	boolean waitsFor(Hello hello) {
		return hello.service().equals(this.service) && hello.instance().equals(this.provider);
	}

	Channel channel() {
		return this.channel;
	}

	/**
	 * Bridges this connection with that of the node behind the proxy.
	 * @param provider the connection of that node
	 * @return the handler that reads from that connection
	 */
	ChannelHandler join(Channel provider) {
		this.port.shape(provider);
		ChannelBridge bridge = new ChannelBridge(this.channel, provider, this.port.passedOn());
		this.channel.eventLoop().execute(() -> {
			if (this.channel.isActive()) {
				ChannelPipeline pipeline = this.channel.pipeline();
				pipeline.replace(this, pipeline.context(this).name(), bridge.forth());
				bridge.forth().resume();
			}
		});
		return bridge.back();
	}

	/**
	 * Keeps early bytes. Netty reads them without a request only when the connection
	 * ends. A client sends little before it has an answer, so a larger amount closes the
	 * connection.
	 */
	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		this.early.add((ByteBuf) bytes);
		if (this.early.stream().mapToInt(ByteBuf::readableBytes).sum() > MAX_EARLY_BYTES) {
			context.close();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		this.ended |= event instanceof ChannelInputShutdownEvent;
	}

	/**
	 * Passes early bytes to the next handler, or drops them if the channel is closed.
	 */
	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (!context.channel().isActive()) {
			this.early.forEach(ByteBuf::release);
			return;
		}
		this.early.forEach(context::fireChannelRead);
		context.fireChannelReadComplete();
		if (this.ended) {
			context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		context.close();
	}

	/**
	 * The port at which clients arrive.
	 */
	interface Port {

		/**
		 * Called when a client has connected, before anything is read from it.
		 */
		void arrived(WaitingClient client);

		/**
		 * Called when a client was not fetched in time.
		 */
		void notFetched();

		/**
		 * Applies the port's bandwidth limit to the writes of a channel.
		 */
		void shape(Channel channel);

		/**
		 * Returns the counter of relayed bytes.
		 */
		LongAdder passedOn();

	}

}
