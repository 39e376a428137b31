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
 * Event loops that programs of one JVM share. Their threads, which are otherwise made by
 * whichever thread needs one, are all made with the first by a {@linkplain SharedThreads
 * thread that belongs to no program}.
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
		// Both are the same loops.
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
			// It goes on.
			Thread.currentThread().interrupt();
		}
	}

	private static void startEach(EventLoopGroup group) {
		try {
			group.forEach((loop) -> loop.execute(() -> {
			}));
		}
		catch (RejectedExecutionException ex) {
			// They have ended meanwhile: the thread that wanted them was interrupted.
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
