package io.adaptive.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.wire.Hello;
import io.adaptive.wire.RelayToken;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;

/**
 * The connection of a client to a relay port. Nothing is read from it before the node
 * behind the proxy has come to fetch it: what the client says first waits in its socket.
 */
final class WaitingClient extends ChannelInboundHandlerAdapter {

	private final Channel channel;

	private final RelayPort port;

	private final ServiceName service;

	private final Instance provider;

	WaitingClient(Channel channel, RelayPort port, ServiceName service, Instance provider) {
		this.channel = channel;
		this.port = port;
		this.service = service;
		this.provider = provider;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		super.channelActive(context);
		this.port.arrived(this);
	}

	/**
	 * Waits until it is fetched, or until the time is up.
	 * @param request the request to fetch it, which is then in vain
	 */
	void await(WaitingClients waiting, RelayToken token, CompletableFuture<?> request, long millis) {
		ScheduledFuture<?> deadline = this.channel.eventLoop().schedule(() -> {
			if (waiting.remove(token)) {
				this.port.notFetched();
				this.channel.close();
			}
		}, millis, TimeUnit.MILLISECONDS);
		this.channel.closeFuture().addListener((closed) -> {
			waiting.remove(token);
			deadline.cancel(false);
			request.cancel(false);
		});
		request.whenComplete((sent, error) -> {
			if (error != null && waiting.remove(token)) {
				this.channel.close();
			}
		});
	}

	/**
	 * Tells whether this is whom the other side comes for.
	 */
	boolean waitsFor(Hello hello) {
		return hello.service().equals(this.service) && hello.instance().equals(this.provider);
	}

	Channel channel() {
		return this.channel;
	}

	/**
	 * Its waiting is over.
	 * @param provider the connection on which the node behind the proxy has come
	 * @return reads from that connection
	 */
	ChannelHandler join(Channel provider) {
		this.port.shape(provider);
		Splice splice = new Splice(this.channel, provider);
		this.channel.eventLoop().execute(() -> {
			if (this.channel.isActive()) {
				this.channel.pipeline().replace(this, SocketTransport.HANDLER, splice.forth());
			}
		});
		return splice.back();
	}

	/**
	 * Only the end of a connection makes Netty read what nobody asked for. Whoever ends
	 * it without having had an answer wants none.
	 */
	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		ReferenceCountUtil.release(bytes);
		context.close();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
		context.close();
	}

}
