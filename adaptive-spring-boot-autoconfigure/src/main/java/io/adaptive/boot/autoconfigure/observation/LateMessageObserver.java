package io.adaptive.boot.autoconfigure.observation;

import java.util.function.Supplier;

import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Resolves the message observer after all beans were created, so that the node does not
 * depend on observation handlers, which may use services themselves. Messages sent before
 * are not observed.
 */
final class LateMessageObserver implements MessageObserver, SmartInitializingSingleton {

	private final Supplier<MessageObserver> finding;

	private volatile MessageObserver found = MessageObserver.NONE;

	LateMessageObserver(Supplier<MessageObserver> finding) {
		this.finding = finding;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.found = this.finding.get();
	}

	MessageObserver found() {
		return this.found;
	}

	@Override
	public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
		return this.found.sending(message, within);
	}

	@Override
	public @Nullable Handling handling(ObservedMessage message) {
		return this.found.handling(message);
	}

}
