package io.adaptive.internal.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.spi.Link;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ConnectionStatus;
import io.adaptive.stream.DroppedAnswer;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: streams and calls over a link. At the server's end messages
 * with a handler go to a dispatcher; at the client's end all messages go to inboxes.
 */
public final class MultiplexedConnection implements Connection {

	private final ConnectionState state;

	private final ConnectionStreams streams;

	private final EnvelopeRouter router;

	private final MultiplexedStream defaultStream;

	private final long since = System.nanoTime();

	private MultiplexedConnection(Link link, @Nullable MessageDispatcher dispatcher, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget) {
		this.state = new ConnectionState(link, dispatcher == null, callbacks, telemetry, budget);
		this.streams = new ConnectionStreams(this.state, dispatcher);
		this.router = new EnvelopeRouter(this.state, this.streams, dispatcher);
		this.defaultStream = this.streams.defaultStream();
	}

	/**
	 * Creates the client's end.
	 * @param link the link
	 * @param callbacks executor for the dependent stages of futures returned by this
	 * connection
	 * @return the connection
	 */
	public static MultiplexedConnection client(Link link, Executor callbacks) {
		return client(link, callbacks, ConnectionTelemetry.NONE, ReceiveBudget.unlimited());
	}

	/**
	 * Creates the client's end.
	 * @param link the link
	 * @param callbacks executor for the dependent stages of futures returned by this
	 * connection
	 * @param telemetry the tracer and the observer of messages
	 * @param budget the receive budget of the node
	 * @return the connection
	 */
	public static MultiplexedConnection client(Link link, Executor callbacks, ConnectionTelemetry telemetry,
			ReceiveBudget budget) {
		return new MultiplexedConnection(link, null, callbacks, telemetry, budget);
	}

	/**
	 * Creates the server's end.
	 * @param link the link
	 * @param dispatcher dispatches known messages to their handlers
	 * @param callbacks executor for the dependent stages of futures returned by this
	 * connection
	 * @return the connection
	 */
	public static MultiplexedConnection server(Link link, MessageDispatcher dispatcher, Executor callbacks) {
		return server(link, dispatcher, callbacks, ConnectionTelemetry.NONE, ReceiveBudget.unlimited());
	}

	/**
	 * Creates the server's end.
	 * @param link the link
	 * @param dispatcher dispatches known messages to their handlers
	 * @param callbacks executor for the dependent stages of futures returned by this
	 * connection
	 * @param telemetry the tracer and the observer of messages
	 * @param budget the receive budget of the node
	 * @return the connection
	 */
	public static MultiplexedConnection server(Link link, MessageDispatcher dispatcher, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget) {
		return new MultiplexedConnection(link, dispatcher, callbacks, telemetry, budget);
	}

	/**
	 * Returns the receiver of the link's envelopes.
	 * @return the link's receiver
	 */
	public Link.Receiver receiver() {
		return this.router;
	}

	/**
	 * Sets the callback for the opening of the connection, called once. To be set before
	 * the link is opened.
	 * @param whenOpened called on the event loop, must not block
	 */
	public void onOpen(Runnable whenOpened) {
		this.state.availability().onOpen(whenOpened);
	}

	/**
	 * Returns a stage that completes when the connection is closed, with the cause.
	 * @return completes on the event loop or, within a process, on the closing thread;
	 * its dependent stages must not block
	 */
	public CompletionStage<ErrorInfo> whenClosed() {
		return this.state.availability().whenClosed();
	}

	/**
	 * Returns whether the connection has ended. A connection that is not open may
	 * continue for a while with its present calls, because its peer is leaving.
	 * @return whether {@link #whenClosed()} is complete
	 */
	public boolean hasEnded() {
		return this.state.availability().hasEnded();
	}

	/**
	 * Sets the callback for the first dropped one-way answer of each kind. To be set
	 * before the link is opened.
	 * @param whenAnswerDropped called on the event loop or, within a process, on the
	 * thread of the handler; must not block
	 */
	public void onAnswerDropped(Consumer<DroppedAnswer> whenAnswerDropped) {
		this.state.onAnswerDropped(whenAnswerDropped);
	}

	/**
	 * Declines one-way answers on the default stream, since many parts of the program
	 * share it: results and errors of handlers of one-way messages are dropped, counted
	 * and reported at the peer. To be called before the first message.
	 */
	public void keepNoAnswers() {
		this.defaultStream.output().keepNoAnswers();
	}

	/**
	 * Returns the number of calls that wait for an answer.
	 * @return their number, approximately
	 */
	public int callsInFlight() {
		return this.state.outgoingCalls().count();
	}

	/**
	 * Returns the status of this end of the connection.
	 * @return the current status
	 */
	public ConnectionStatus status() {
		ConnectionCredit.Blocked blocked = this.state.credit().blocked();
		return new ConnectionStatus(info(),
				this.state.isClient() ? ConnectionStatus.Side.CLIENT : ConnectionStatus.Side.SERVER, isOpen(),
				this.state.availability().isLeaving(), Duration.ofNanos(System.nanoTime() - this.since),
				this.streams.count(), callsInFlight(), this.state.incomingCalls().count(),
				this.state.credit().available(), blocked.streams(), blocked.messages(),
				Duration.ofNanos(blocked.nanos()));
	}

	@Override
	public ConnectionInfo info() {
		return this.state.info();
	}

	/**
	 * Returns the address of this machine used by the connection.
	 * @return the address, {@code null} if there is none
	 */
	public @Nullable InetAddress ownAddress() {
		return this.state.link().ownAddress();
	}

	@Override
	public boolean isOpen() {
		return this.state.availability().isOpen();
	}

	@Override
	public MessageStream newStream() {
		this.state.availability().check();
		MultiplexedStream stream = this.streams.openNext();
		// A connection lost in the meantime may not have ended the new stream.
		this.state.availability().check();
		return Objects.requireNonNull(stream);
	}

	@Override
	public CompletableFuture<MessageStream> newStreamAsync(CallSettings settings) {
		try {
			return CompletableFuture.completedFuture(newStream());
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public void send(Object message) {
		this.defaultStream.send(message);
	}

	@Override
	public void send(Object message, CallSettings settings) {
		this.defaultStream.send(message, settings);
	}

	@Override
	public boolean isWritable() {
		return this.defaultStream.isWritable();
	}

	@Override
	public <T> T recv(MessageType<T> type) {
		return this.defaultStream.recv(type);
	}

	@Override
	public <T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		return this.defaultStream.sendRecv(request, replyType, settings);
	}

	@Override
	public AsyncStream async() {
		return this.defaultStream.async();
	}

	@Override
	public ReactiveStream reactive() {
		return this.defaultStream.reactive();
	}

	@Override
	public InputStream inputStream() {
		return this.defaultStream.inputStream();
	}

	@Override
	public OutputStream outputStream() {
		return this.defaultStream.outputStream();
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.defaultStream.setReceiveTimeout(timeout);
	}

	@Override
	public void close() {
		this.state.availability().close();
	}

	/**
	 * Closes the connection after everything sent before has left, and sends the cause to
	 * the peer.
	 * @param cause the cause for both ends
	 */
	public void close(ErrorInfo cause) {
		this.state.availability().close(cause);
	}

	/**
	 * Closes the connection at once, without sending to the peer, which is unreachable.
	 * @param cause the cause for this end
	 */
	public void breakOff(ErrorInfo cause) {
		this.state.availability().breakOff(cause);
	}

	/**
	 * Returns whether accepted calls are still on their way: ids are assigned before
	 * calls are sent, and calls may overtake each other.
	 * @return whether calls up to the last accepted one are missing
	 */
	public boolean isMissingCalls() {
		return this.state.link().isOpen() && this.state.incomingCalls().isMissingCalls();
	}

	/**
	 * Sends the peer that this side is leaving and takes no more calls; those taken
	 * before go on.
	 * @param cause the cause
	 */
	public void goAway(ErrorInfo cause) {
		this.state.availability().leave(cause, this.state.incomingCalls());
	}

	@Override
	public String toString() {
		return this.state.toString();
	}

}
