package io.adaptive.benchmark.contestant;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Within a process: a virtual thread for each request, the caller waits for a future.
 */
final class VirtualPairContestant implements Contestant {

	@Override
	public String name() {
		return "virtual-pair";
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport == Transport.PROCESS && CallerThreads.hasVirtual();
	}

	@Override
	public Served serve(Place place) {
		return new Served(place, () -> {
		});
	}

	@Override
	public Connected connect(Place place) {
		return new Pairs(CallerThreads.perTask());
	}

	private record Pairs(ExecutorService workers) implements Connected {

		@Override
		public Caller newCaller() {
			return (body, replySize) -> {
				CompletableFuture<byte[]> reply = new CompletableFuture<>();
				this.workers.execute(() -> reply.complete(Bodies.of(replySize)));
				return reply.join();
			};
		}

		@Override
		public void close() {
			this.workers.shutdown();
		}

	}

}
