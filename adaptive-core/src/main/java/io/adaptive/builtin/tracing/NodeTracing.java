package io.adaptive.builtin.tracing;

import io.adaptive.trace.MessageTracer;

/**
 * All parts of a node's message tracing; for the node.
 */
public final class NodeTracing implements AutoCloseable {

	private final MessageTracer tracer = new MessageTracer((record) -> {
	});

	private final MessageTracing tracing = new MessageTracing();

	/**
	 * Returns what the node's connections tell of their messages.
	 * @return the tracer
	 */
	public MessageTracer tracer() {
		return this.tracer;
	}

	/**
	 * Returns what the program uses.
	 * @return the tracing
	 */
	public MessageTracing tracing() {
		return this.tracing;
	}

	@Override
	public void close() {
		// Nothing is recorded yet.
	}

}
