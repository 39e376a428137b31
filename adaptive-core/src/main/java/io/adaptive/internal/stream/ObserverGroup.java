package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.TraceContext;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The observers of a node. Their exceptions do not affect messages: the first one of each
 * observer is logged, further ones are ignored.
 */
public final class ObserverGroup implements MessageObserver {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageObserver.class);

	private final List<Member> members;

	private ObserverGroup(List<Member> members) {
		this.members = members;
	}

	/**
	 * Combines observers into one.
	 * @param observers the observers
	 * @return {@link MessageObserver#NONE} if there are none
	 */
	public static MessageObserver of(List<MessageObserver> observers) {
		List<Member> members = observers.stream()
			.filter((observer) -> observer != NONE)
			.map((observer) -> new Member(observer, new AtomicBoolean()))
			.toList();
		return switch (members.size()) {
			case 0 -> NONE;
			case 1 -> new Alone(members.get(0));
			default -> new ObserverGroup(members);
		};
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
			catch (Throwable ex) {
				failed(ex);
				return null;
			}
		}

		void run(Runnable call) {
			try {
				call.run();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}

		private void failed(Throwable error) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("message observer failed, more of this is not logged observer={}", this.observer, error);
			}
		}

	}

	/**
	 * The only observer: the usual case, which must be cheap.
	 */
	private record Alone(Member member) implements MessageObserver {

		@Override
		public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
			try {
				Handling before = (within instanceof HandlingPart part) ? part.handling : null;
				Sending sending = this.member.observer.sending(message, before);
				return (sending != null) ? new SendingPart(this.member, sending) : null;
			}
			catch (Throwable ex) {
				this.member.failed(ex);
				return null;
			}
		}

		@Override
		public @Nullable Handling handling(ObservedMessage message) {
			try {
				Handling handling = this.member.observer.handling(message);
				return (handling != null) ? new HandlingPart(this.member, handling) : null;
			}
			catch (Throwable ex) {
				this.member.failed(ex);
				return null;
			}
		}

	}

	private record SendingPart(Member member, Sending sending) implements Sending {

		@Override
		public @Nullable TraceContext context() {
			try {
				return this.sending.context();
			}
			catch (Throwable ex) {
				this.member.failed(ex);
				return null;
			}
		}

		@Override
		public void ended(@Nullable Throwable error) {
			try {
				this.sending.ended(error);
			}
			catch (Throwable ex) {
				this.member.failed(ex);
			}
		}

	}

	private record Sendings(List<SendingPart> parts) implements Sending {

		@Override
		public @Nullable TraceContext context() {
			TraceContext first = null;
			for (SendingPart part : this.parts) {
				TraceContext context = part.context();
				first = (first != null) ? first : context;
			}
			return first;
		}

		@Override
		public void ended(@Nullable Throwable error) {
			this.parts.forEach((part) -> part.ended(error));
		}

	}

	private record HandlingPart(Member member, Handling handling) implements Handling {

		@Override
		public Runnable open() {
			Runnable returned;
			try {
				returned = this.handling.open();
			}
			catch (Throwable ex) {
				this.member.failed(ex);
				return Handling.NOTHING;
			}
			return (returned == Handling.NOTHING) ? Handling.NOTHING : () -> this.member.run(returned);
		}

		@Override
		public void ended(@Nullable Throwable error) {
			try {
				this.handling.ended(error);
			}
			catch (Throwable ex) {
				this.member.failed(ex);
			}
		}

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
				Runnable returned = part.open();
				if (returned != Handling.NOTHING) {
					opened.add(0, returned);
				}
			}
			return opened.isEmpty() ? Handling.NOTHING : () -> opened.forEach(Runnable::run);
		}

		@Override
		public void ended(@Nullable Throwable error) {
			this.parts.forEach((part) -> part.ended(error));
		}

	}

}
