package io.adaptive.internal.builtin.tracing;

import java.time.InstantSource;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.internal.trace.TraceMarks;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceRecord;

/**
 * Message tracing of a node, with all its parts.
 */
public final class NodeTracing implements AutoCloseable {

	private final TraceMarks marks = new TraceMarks();

	private final TraceCollector collector = new TraceCollector();

	private final TraceForwarder forwarder;

	private final MessageTracer tracer;

	private final MessageTracing tracing;

	private final Service service;

	/** Whether other programs can read the own collector. */
	private volatile boolean published;

	/** Whether another node of the process publishes the collector in a scope. */
	private volatile boolean replaced;

	/**
	 * Creates the tracing of a node.
	 * @param self the node
	 * @param clients supplies clients with the discovery of the node, once it is built
	 * @param access the scopes from which other programs may use the tracing
	 * @param clock the time source
	 */
	public NodeTracing(Instance self, Supplier<AdaptiveClient> clients, TraceAccess access, InstantSource clock) {
		this.forwarder = new TraceForwarder(clients, TraceForwarder.FLUSH);
		this.tracer = MessageTracer.of(this.marks, this::accept, clock);
		this.tracing = new ProgramTracing(this.marks, this.tracer, this.collector, this.forwarder,
				new Collectors(self, clients, Collectors.TIMEOUT));
		this.service = TracingService.over(this.collector, this.marks, access);
	}

	private void accept(TraceRecord record) {
		if (this.published) {
			this.collector.add(record);
		}
		if (!this.published || this.replaced) {
			this.forwarder.offer(record);
		}
	}

	/**
	 * Publishes the service in a scope on its first use.
	 * @param server the server of the scope
	 */
	public void publish(AdaptiveServer server) {
		try {
			server.publish(this.service);
			this.published = true;
		}
		catch (ServiceAlreadyPublishedException ex) {
			this.replaced = true;
		}
	}

	/**
	 * Registers a message type that the node handles.
	 * @param type the type
	 */
	public void handles(Class<?> type) {
		this.marks.know(type);
	}

	/**
	 * Returns the tracer, to which the node's connections report their messages.
	 * @return the tracer
	 */
	public MessageTracer tracer() {
		return this.tracer;
	}

	/**
	 * Returns the tracing interface for the program.
	 * @return the tracing
	 */
	public MessageTracing tracing() {
		return this.tracing;
	}

	/**
	 * Forwards the remaining records, for a limited time.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Forwards the remaining records, for a limited time.
	 * @param deadline an earlier limit of that time
	 */
	public void close(Deadline deadline) {
		this.forwarder.close(deadline);
	}

}
