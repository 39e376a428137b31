package io.adaptive.trace;

/**
 * What happens to a traced message.
 */
public enum TraceEvent {

	/** A client sends it. */
	CLIENT_SEND,

	/** A handler gets it, or the conversation that a handler opened. */
	HANDLER,

	/** A service sends it: an answer, or on a stream. */
	SERVER_SEND,

	/** A client takes it. */
	CLIENT_RECV

}
