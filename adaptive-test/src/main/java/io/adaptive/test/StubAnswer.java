package io.adaptive.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.adaptive.handler.Handler;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.internal.dispatch.HandlerTable;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the messages of one type. Immutable but for what is used up.
 *
 * @param <M> the type
 */
final class StubAnswer<M> {

	private final Class<M> type;

	/** Each for one message, before what is for all others. */
	private final Deque<ReplyHandler<M>> once;

	private final @Nullable ReplyHandler<M> always;

	private final @Nullable Handler<M> conversation;

	private StubAnswer(Class<M> type, List<ReplyHandler<M>> once, @Nullable ReplyHandler<M> always,
			@Nullable Handler<M> conversation) {
		this.type = type;
		this.once = new ArrayDeque<>(once);
		this.always = always;
		this.conversation = conversation;
	}

	static <M> StubAnswer<M> none(Class<M> type) {
		return new StubAnswer<>(type, List.of(), null, null);
	}

	StubAnswer<M> once(ReplyHandler<M> handler) {
		if (this.conversation != null) {
			throw new IllegalStateException(
					"Message %s is handled as a conversation, which leaves nothing for a single answer"
						.formatted(this.type.getName()));
		}
		List<ReplyHandler<M>> more = new ArrayList<>(left());
		more.add(handler);
		return new StubAnswer<>(this.type, more, this.always, null);
	}

	StubAnswer<M> always(ReplyHandler<M> handler) {
		return new StubAnswer<>(this.type, left(), handler, null);
	}

	StubAnswer<M> conversation(Handler<M> handler) {
		return new StubAnswer<>(this.type, List.of(), null, handler);
	}

	private List<ReplyHandler<M>> left() {
		synchronized (this.once) {
			return List.copyOf(this.once);
		}
	}

	boolean isConversation() {
		return this.conversation != null;
	}

	HandlerTable addTo(HandlerTable handlers, Received received) {
		Handler<M> talk = this.conversation;
		if (talk != null) {
			return handlers.with(MessageType.of(this.type), (Handler<M>) (message, stream) -> {
				received.add(message);
				return talk.handle(message, stream);
			});
		}
		return handlers.with(MessageType.of(this.type), (ReplyHandler<M>) (message) -> {
			received.add(message);
			return next().handle(message);
		});
	}

	private ReplyHandler<M> next() {
		synchronized (this.once) {
			ReplyHandler<M> next = this.once.poll();
			if (next != null) {
				return next;
			}
		}
		return (this.always != null) ? this.always : (message) -> {
			throw new RemoteException(new ErrorInfo(ErrorCode.UNIMPLEMENTED,
					"The stub has used up its answers for message %s; give it one without once()"
						.formatted(this.type.getName()),
					"", "", Delivery.UNKNOWN, null));
		};
	}

}
