package io.adaptive.trace;

/**
 * The kind of event in the trace of a message.
 */
public enum TraceEvent {

	/** A client sends the message. */
	CLIENT_SEND,

	/** A handler, or a conversation opened by a handler, receives the message. */
	HANDLER,

	/** A service sends the message, as an answer or on a stream. */
	SERVER_SEND,

	/** A client receives the message. */
	CLIENT_RECV

}
