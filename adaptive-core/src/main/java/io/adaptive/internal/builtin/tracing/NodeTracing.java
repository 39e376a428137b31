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
 * All parts of a node's message tracing; for the node.
 */
public final class NodeTracing implements AutoCloseable {

	private final TraceMarks marks = new TraceMarks();

	private final TraceCollector collector = new TraceCollector();

	private final TraceForwarder forwarder;

	private final MessageTracer tracer;

	private final MessageTracing tracing;

	private final Service service;

	/** Whether others can read the own collector. */
	private volatile boolean published;

	/** Whether another node of the process collects where this one would. */
	private volatile boolean replaced;

	/**
	 * Makes the tracing of a node.
	 * @param self the node
	 * @param clients make clients that see what the node sees, once it is made
	 * @param access from where others may use it
	 * @param clock tells what time it is
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
	 * Publishes the service in a scope that is used for the first time.
	 * @param server publishes there
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
	 * Takes note of a message type that the node handles.
	 * @param type the type
	 */
	public void handles(Class<?> type) {
		this.marks.know(type);
	}

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

	/**
	 * Forwards what is left, for a moment.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Forwards what is left, for a moment.
	 * @param deadline ends that sooner
	 */
	public void close(Deadline deadline) {
		this.forwarder.close(deadline);
	}

}
