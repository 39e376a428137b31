package io.adaptive.test;

import io.adaptive.internal.dispatch.ServiceDispatcher;
import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.internal.stream.MessageDispatcher;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;

/**
 * Takes the messages of a stub to the answers that it has at the moment.
 */
final class StubDispatcher implements MessageDispatcher {

	private final ServiceName service;

	private volatile Answers answers;

	StubDispatcher(ServiceName service, ServiceDispatcher empty) {
		this.service = service;
		this.answers = new Answers(empty, false);
	}

	/**
	 * Changes the answers; messages that came before are still handled as they were to
	 * be.
	 * @param dispatcher knows the answers
	 * @param conversations whether one of them may wait for messages without an answer
	 */
	void use(ServiceDispatcher dispatcher, boolean conversations) {
		this.answers = new Answers(dispatcher, conversations);
	}

	@Override
	public boolean dispatch(IncomingMessage message) {
		Answers current = this.answers;
		if (current.dispatcher.dispatch(message)) {
			return true;
		}
		if (current.conversations) {
			return false;
		}
		String type = message.payload().typeName();
		message.refuse(new ErrorInfo(ErrorCode.UNIMPLEMENTED,
				"The stub of %s has no answer for message %s; give it one with stub.on(%s.class)"
					.formatted(this.service, type, type.substring(type.lastIndexOf('.') + 1).replace('$', '.'))));
		return true;
	}

	@Override
	public void connected(ConnectionInfo connection) {
		// A stub has no hooks.
	}

	@Override
	public void disconnected(ConnectionInfo connection, ErrorInfo cause) {
		// A stub has no hooks.
	}

	@Override
	public void streamOpened(StreamContext stream) {
		// A stub has no hooks.
	}

	@Override
	public void streamClosed(StreamContext stream) {
		// A stub has no hooks.
	}

	private record Answers(ServiceDispatcher dispatcher, boolean conversations) {
	}

}
