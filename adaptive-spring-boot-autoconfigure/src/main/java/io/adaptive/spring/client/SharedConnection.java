package io.adaptive.spring.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.MessageType;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;

/**
 * An injected connection, shared by all injection points with the same attributes. Its
 * {@link #close()} has no effect; the application context closes the underlying
 * connection.
 */
final class SharedConnection implements Connection {

	private static final KeyValueLogger logger = KeyValueLogger.of(SharedConnection.class);

	private final Connection connection;

	private final ServicePattern service;

	private final AtomicBoolean told = new AtomicBoolean();

	SharedConnection(Connection connection, ServicePattern service) {
		this.connection = connection;
		this.service = service;
	}

	/**
	 * Closes the underlying connection. Called by its owner.
	 */
	void closeForAll() {
		this.told.set(true);
		this.connection.close();
	}

	@Override
	public void close() {
		if (this.told.compareAndSet(false, true)) {
			logger.info("injected connection left open, the application context closes it; close streams instead"
					+ " service={}", this.service);
		}
	}

	@Override
	public MessageStream newStream() {
		return this.connection.newStream();
	}

	@Override
	public CompletableFuture<MessageStream> newStreamAsync(CallSettings settings) {
		return this.connection.newStreamAsync(settings);
	}

	@Override
	public boolean isOpen() {
		return this.connection.isOpen();
	}

	@Override
	public ConnectionInfo info() {
		return this.connection.info();
	}

	@Override
	public void send(Object message) {
		this.connection.send(message);
	}

	@Override
	public void send(Object message, CallSettings settings) {
		this.connection.send(message, settings);
	}

	@Override
	public boolean isWritable() {
		return this.connection.isWritable();
	}

	@Override
	public <T> T recv(MessageType<T> type) {
		return this.connection.recv(type);
	}

	@Override
	public <T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		return this.connection.sendRecv(request, replyType, settings);
	}

	@Override
	public AsyncStream async() {
		return this.connection.async();
	}

	@Override
	public ReactiveStream reactive() {
		return this.connection.reactive();
	}

	@Override
	public InputStream inputStream() {
		return this.connection.inputStream();
	}

	@Override
	public OutputStream outputStream() {
		return this.connection.outputStream();
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.connection.setReceiveTimeout(timeout);
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
