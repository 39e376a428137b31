package io.adaptive.interop;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The service that the interoperability cases call, with a record of how its long calls
 * ended.
 */
final class InteropService {

	static final ServiceName NAME = new ServiceName("interop", "test");

	private final AtomicInteger begun = new AtomicInteger();

	private final Queue<ErrorCode> ends = new ConcurrentLinkedQueue<>();

	Service service() {
		return Service.named(NAME)
			.handle(Empty.class, (empty) -> empty)
			.handle(Request.class, InteropService::answer)
			.handle(Upload.class, (upload, stream) -> record(() -> total(stream)))
			.handle(Download.class, (download) -> Flux.fromIterable(download.sizes()).map(Response::ofSize))
			.handle(Talk.class, (talk, stream) -> record(() -> talk(stream)));
	}

	private <T extends @Nullable Object> T record(Callable<T> handler) throws Exception {
		this.begun.incrementAndGet();
		ErrorCode code = ErrorCode.OK;
		try {
			return handler.call();
		}
		catch (Exception ex) {
			code = ErrorInfo.of(ex, "").code();
			throw ex;
		}
		finally {
			this.ends.add(code);
		}
	}

	private static Response answer(Request request) {
		if (request.status() != null) {
			throw request.status().exception();
		}
		return Response.ofSize(request.responseSize());
	}

	private static Total total(ContextStream stream) {
		int total = 0;
		while (stream.recv(Part.class) instanceof Turn turn) {
			total += turn.request().body().length;
		}
		return new Total(total);
	}

	private static @Nullable Empty talk(ContextStream stream) {
		while (stream.recv(Part.class) instanceof Turn turn) {
			if (!turn.unanswered()) {
				stream.send(answer(turn.request()));
			}
		}
		stream.close();
		return null;
	}

	/**
	 * Returns how many uploads and conversations have begun.
	 */
	int begun() {
		return this.begun.get();
	}

	/**
	 * Returns how those ended that have.
	 */
	List<ErrorCode> ends() {
		return List.copyOf(this.ends);
	}

	void reset() {
		this.begun.set(0);
		this.ends.clear();
	}

	record Empty() {
	}

	/**
	 * A request with a handler.
	 *
	 * @param responseSize the bytes of the response
	 * @param body its own bytes
	 * @param status how to fail
	 */
	record Request(int responseSize, byte[] body, @Nullable Status status) {

		static Request of(int responseSize, int size) {
			return new Request(responseSize, new byte[size], null);
		}

		static Request failing(Status status) {
			return new Request(0, new byte[0], status);
		}

	}

	/** A message without a handler, which goes to the open conversation. */
	sealed interface Part {

	}

	/**
	 * A request within a conversation.
	 *
	 * @param request the request
	 * @param unanswered whether there is no response
	 */
	record Turn(Request request, boolean unanswered) implements Part {

		static Turn of(int responseSize, int size) {
			return new Turn(Request.of(responseSize, size), false);
		}

	}

	/** Stands for the end of the client's half of a stream. */
	record End() implements Part {
	}

	record Response(byte[] body) {

		static Response ofSize(int size) {
			return new Response(new byte[size]);
		}

	}

	record Status(ErrorCode code, String message) {

		AdaptiveException exception() {
			return new AdaptiveException(this.code, this.message);
		}

	}

	record Upload() {
	}

	record Total(int size) {
	}

	record Download(List<Integer> sizes) {
	}

	record Talk() {
	}

	/** Has no handler. */
	record Unknown() {
	}

}
