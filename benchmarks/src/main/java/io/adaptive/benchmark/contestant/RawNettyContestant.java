package io.adaptive.benchmark.contestant;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Netty with frames coded by hand: a ceiling, not a framework.
 */
final class RawNettyContestant implements Contestant {

	private static final int LIMIT = 64 << 20;

	private final String name;

	private final ReplyFrom replyFrom;

	RawNettyContestant(String name, ReplyFrom replyFrom) {
		this.name = name;
		this.replyFrom = replyFrom;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport != Transport.PROCESS && (this.replyFrom != ReplyFrom.VIRTUAL || CallerThreads.hasVirtual());
	}

	@Override
	public Served serve(Place place) {
		EventLoopGroup loops = Sockets.newLoops();
		ExecutorService workers = this.replyFrom.newWorkers();
		Executor executor = (workers != null) ? workers : Runnable::run;
		Channel channel = new ServerBootstrap().group(loops)
			.channel(Sockets.server(place.transport()))
			.childHandler(initializer(() -> new RawReplies(executor)))
			.bind(place.address())
			.syncUninterruptibly()
			.channel();
		return new Served(place.boundTo(channel.localAddress()), () -> {
			loops.shutdownGracefully();
			if (workers != null) {
				workers.shutdownNow();
			}
		});
	}

	@Override
	public Connected connect(Place place) {
		EventLoopGroup loops = Sockets.newLoops();
		RawRequests requests = new RawRequests(loops);
		Channel channel = new Bootstrap().group(loops)
			.channel(Sockets.client(place.transport()))
			.handler(initializer(() -> requests))
			.connect(place.address())
			.syncUninterruptibly()
			.channel();
		requests.use(channel);
		return requests;
	}

	private static ChannelInitializer<Channel> initializer(Supplier<ChannelHandler> last) {
		return new ChannelInitializer<>() {
			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline()
					.addLast(new FlushConsolidationHandler(
							FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
					.addLast(new LengthFieldBasedFrameDecoder(LIMIT, 0, Integer.BYTES, 0, Integer.BYTES))
					.addLast(last.get());
			}
		};
	}

	/**
	 * Which thread replies.
	 */
	enum ReplyFrom {

		LOOP, POOL, VIRTUAL;

		private static final int POOL_SIZE = 4;

		@Nullable ExecutorService newWorkers() {
			return switch (this) {
				case LOOP -> null;
				case POOL -> Executors.newFixedThreadPool(POOL_SIZE, CallerThreads.factory(false, "worker"));
				case VIRTUAL -> CallerThreads.perTask();
			};
		}

	}

}
