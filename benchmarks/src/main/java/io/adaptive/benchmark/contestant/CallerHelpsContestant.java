package io.adaptive.benchmark.contestant;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Within a process: the waiting caller takes the request out of the queue again and
 * handles it itself, whoever's it is.
 */
final class CallerHelpsContestant implements Contestant {

	@Override
	public String name() {
		return "caller-helps";
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport == Transport.PROCESS;
	}

	@Override
	public Served serve(Place place) {
		return new Served(place, () -> {
		});
	}

	@Override
	public Connected connect(Place place) {
		return new Shared(new ConcurrentLinkedQueue<>());
	}

	private record Request(CompletableFuture<byte[]> reply, int replySize) {

		void handle() {
			this.reply.complete(Bodies.of(this.replySize));
		}

	}

	private record Shared(Queue<Request> queue) implements Connected {

		@Override
		public Caller newCaller() {
			return this::call;
		}

		private byte[] call(byte[] body, int replySize) {
			Request request = new Request(new CompletableFuture<>(), replySize);
			this.queue.add(request);
			while (!request.reply.isDone()) {
				Request next = this.queue.poll();
				if (next == null) {
					break;
				}
				next.handle();
			}
			return request.reply.join();
		}

		@Override
		public void close() {
			this.queue.clear();
		}

	}

}
