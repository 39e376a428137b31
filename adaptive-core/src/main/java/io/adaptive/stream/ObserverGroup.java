package io.adaptive.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The observers of a node, none of which can harm a message: what one throws is logged
 * the first time, and otherwise ignored.
 */
public final class ObserverGroup implements MessageObserver {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageObserver.class);

	private final List<Member> members;

	private ObserverGroup(List<Member> members) {
		this.members = members;
	}

	/**
	 * Makes one observer of some.
	 * @param observers the observers
	 * @return {@link MessageObserver#NONE} if there are none
	 */
	public static MessageObserver of(List<MessageObserver> observers) {
		List<Member> members = observers.stream()
			.filter((observer) -> observer != NONE)
			.map((observer) -> new Member(observer, new AtomicBoolean()))
			.toList();
		return members.isEmpty() ? NONE : new ObserverGroup(members);
	}

	@Override
	public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
		List<SendingPart> parts = new ArrayList<>(this.members.size());
		for (Member member : this.members) {
			Handling before = (within instanceof Handlings handlings) ? handlings.of(member.observer) : null;
			Sending sending = member.guarded(() -> member.observer.sending(message, before));
			if (sending != null) {
				parts.add(new SendingPart(member, sending));
			}
		}
		return parts.isEmpty() ? null : new Sendings(parts);
	}

	@Override
	public @Nullable Handling handling(ObservedMessage message) {
		List<HandlingPart> parts = new ArrayList<>(this.members.size());
		for (Member member : this.members) {
			Handling handling = member.guarded(() -> member.observer.handling(message));
			if (handling != null) {
				parts.add(new HandlingPart(member, handling));
			}
		}
		return parts.isEmpty() ? null : new Handlings(parts);
	}

	/**
	 * One observer.
	 */
	private record Member(MessageObserver observer, AtomicBoolean failed) {

		<T extends @Nullable Object> @Nullable T guarded(Supplier<T> call) {
			try {
				return call.get();
			}
			catch (RuntimeException | LinkageError ex) {
				failed(ex);
				return null;
			}
		}

		void run(Runnable call) {
			try {
				call.run();
			}
			catch (RuntimeException | LinkageError ex) {
				failed(ex);
			}
		}

		private void failed(Throwable error) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("message observer failed, more of this is not logged observer={}", this.observer, error);
			}
		}

	}

	private record SendingPart(Member member, Sending sending) {
	}

	private record Sendings(List<SendingPart> parts) implements Sending {

		@Override
		public @Nullable TraceContext context() {
			TraceContext first = null;
			for (SendingPart part : this.parts) {
				TraceContext context = part.member.guarded(part.sending::context);
				first = (first != null) ? first : context;
			}
			return first;
		}

		@Override
		public void ended(@Nullable Throwable error) {
			for (SendingPart part : this.parts) {
				part.member.run(() -> part.sending.ended(error));
			}
		}

	}

	private record HandlingPart(Member member, Handling handling) {
	}

	private record Handlings(List<HandlingPart> parts) implements Handling {

		@Nullable Handling of(MessageObserver observer) {
			for (HandlingPart part : this.parts) {
				if (part.member.observer == observer) {
					return part.handling;
				}
			}
			return null;
		}

		@Override
		public Runnable open() {
			List<Runnable> opened = new ArrayList<>(this.parts.size());
			for (HandlingPart part : this.parts) {
				Runnable returned = part.member.guarded(part.handling::open);
				if (returned != null) {
					opened.add(0, () -> part.member.run(returned));
				}
			}
			return () -> opened.forEach(Runnable::run);
		}

		@Override
		public void ended(@Nullable Throwable error) {
			for (HandlingPart part : this.parts) {
				part.member.run(() -> part.handling.ended(error));
			}
		}

	}

}
