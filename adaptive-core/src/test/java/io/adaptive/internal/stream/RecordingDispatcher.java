package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;

/**
 * A service that knows all messages or none, and keeps what it is told.
 */
final class RecordingDispatcher implements MessageDispatcher {

	final List<IncomingMessage> messages = new ArrayList<>();

	final List<String> events = new ArrayList<>();

	boolean knowsMessages = true;

	@Override
	public boolean dispatch(IncomingMessage message) {
		if (this.knowsMessages) {
			this.messages.add(message);
		}
		return this.knowsMessages;
	}

	@Override
	public void connected(ConnectionInfo connection) {
		this.events.add("connected");
	}

	@Override
	public void disconnected(ConnectionInfo connection, ErrorInfo cause) {
		this.events.add("disconnected: " + cause.message());
	}

	@Override
	public void streamOpened(StreamContext stream) {
		this.events.add("opened " + stream.streamId());
	}

	@Override
	public void streamClosed(StreamContext stream) {
		this.events.add("closed " + stream.streamId());
	}

}
