package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.EventLoopGroup;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Event loops shared by the applications of one JVM. Their threads would otherwise be
 * created by the thread that first needs each of them. They are all started with the
 * first one, by a {@linkplain SharedThreads thread that belongs to no application}.
 */
final class SharedLoops implements LoopResources {

	private final LoopResources loops = LoopResources.create("adaptive-io", Runtime.getRuntime().availableProcessors(),
			true);

	private final Set<EventLoopGroup> started = Collections.newSetFromMap(new IdentityHashMap<>());

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		EventLoopGroup group = this.loops.onServer(useNative);
		start(group);
		return group;
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		// Both use the same loops.
		start(this.loops.onServer(useNative));
		return this.loops.onClient(useNative);
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		start(this.loops.onServer(useNative));
		return this.loops.onServerSelect(useNative);
	}

	private synchronized void start(EventLoopGroup group) {
		if (!this.started.add(group)) {
			return;
		}
		Thread starter = SharedThreads.newThread(() -> startEach(group), "adaptive-io-start");
		starter.start();
		try {
			starter.join();
		}
		catch (InterruptedException ex) {
			// The start goes on.
			Thread.currentThread().interrupt();
		}
	}

	private static void startEach(EventLoopGroup group) {
		try {
			group.forEach((loop) -> loop.execute(() -> {
			}));
		}
		catch (RejectedExecutionException ex) {
			// The loops have ended in the meantime: the waiting thread was interrupted.
		}
	}

	@Override
	public boolean daemon() {
		return true;
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return this.loops.disposeLater(quietPeriod, timeout);
	}

	@Override
	public boolean isDisposed() {
		return this.loops.isDisposed();
	}

}
