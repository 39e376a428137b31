package io.adaptive.gshell.job;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.Channel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Timer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

import io.adaptive.gshell.weave.DescribedResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pools, timers, sockets, channels, file streams and direct memory that a job has made
 * and that are reachable. Thread-safe.
 */
final class OpenResources {

	private static final Logger logger = LoggerFactory.getLogger(OpenResources.class);

	private static final int MAX_LINES = 100;

	private final WeakIdentitySet<Object> made = new WeakIdentitySet<>();

	private final WeakIdentitySet<Object> named = new WeakIdentitySet<>();

	private final ConcurrentLinkedQueue<String> shut = new ConcurrentLinkedQueue<>();

	void made(Object resource) {
		this.made.add(resource);
	}

	/**
	 * Shuts all. Calls code of the job where it has subclasses of its own, so that it may
	 * wait, or throw.
	 */
	void shut() {
		for (Object resource : this.made.list()) {
			// Before: shutting may take longer than the job is given, or throw.
			attempt(resource, this::name);
			attempt(resource, OpenResources::shut);
		}
	}

	private void name(Object resource) throws Exception {
		if (isKnownOpen(resource) && this.named.add(resource) && this.shut.size() < MAX_LINES) {
			this.shut.add(describe(resource));
		}
	}

	private static void attempt(Object resource, Step step) {
		try {
			step.run(resource);
		}
		catch (Throwable ex) {
			logger.debug("A {} of a job could not be named or shut", resource.getClass().getName(), ex);
		}
	}

	/**
	 * Resources that were open when they were shut, and a line with the direct memory
	 * that the job has allocated and that has not been collected; at most
	 * {@value #MAX_LINES} lines, and this one.
	 */
	List<String> leftBehind() {
		List<String> lines = new ArrayList<>(this.shut);
		LongSummaryStatistics direct = this.made.list()
			.stream()
			.filter(ByteBuffer.class::isInstance)
			.mapToLong((buffer) -> ((ByteBuffer) buffer).capacity())
			.summaryStatistics();
		if (direct.getCount() > 0) {
			lines.add("direct memory until it is collected: %s bytes in %s buffers".formatted(direct.getSum(),
					direct.getCount()));
		}
		return List.copyOf(lines);
	}

	void clear() {
		this.made.clear();
		this.named.clear();
	}

	private static void shut(Object resource) throws Exception {
		if (resource instanceof ExecutorService executor) {
			executor.shutdownNow();
		}
		else if (resource instanceof Timer timer) {
			timer.cancel();
		}
		else if (resource instanceof AsynchronousChannelGroup channels) {
			channels.shutdownNow();
		}
		else if (resource instanceof AutoCloseable closeable && !isStandard(descriptor(resource))) {
			closeModule(resource, closeable);
		}
		else {
			// Types of modules that a runtime image may lack.
			call(resource, "com.sun.net.httpserver.HttpServer", "stop", 0);
		}
	}

	/** From Java 21 on, {@code HttpClient.close()} waits for requests in flight. */
	private static void closeModule(Object resource, AutoCloseable closeable) throws Exception {
		if (!call(resource, "java.net.http.HttpClient", "shutdownNow")) {
			closeable.close();
		}
	}

	private static boolean call(Object resource, String type, String method, Object... arguments)
			throws ReflectiveOperationException {
		for (Class<?> at = resource.getClass(); at != null; at = at.getSuperclass()) {
			if (at.getName().equals(type)) {
				Class<?>[] parameters = (arguments.length > 0) ? new Class<?>[] { int.class } : new Class<?>[0];
				at.getMethod(method, parameters).invoke(resource, arguments);
				return true;
			}
		}
		return false;
	}

	private static boolean isKnownOpen(Object resource) throws IOException {
		if (resource instanceof ExecutorService executor) {
			return !executor.isShutdown();
		}
		if (resource instanceof ServerSocket socket) {
			return !socket.isClosed();
		}
		if (resource instanceof Socket socket) {
			return !socket.isClosed();
		}
		if (resource instanceof DatagramSocket socket) {
			return !socket.isClosed();
		}
		if (resource instanceof Channel channel) {
			return channel.isOpen();
		}
		if (resource instanceof AsynchronousChannelGroup channels) {
			return !channels.isShutdown();
		}
		if (resource instanceof Selector selector) {
			return selector.isOpen();
		}
		FileDescriptor descriptor = descriptor(resource);
		return descriptor != null && descriptor.valid() && !isStandard(descriptor);
	}

	private static @Nullable FileDescriptor descriptor(Object resource) throws IOException {
		if (resource instanceof FileInputStream in) {
			return in.getFD();
		}
		if (resource instanceof FileOutputStream out) {
			return out.getFD();
		}
		return (resource instanceof RandomAccessFile file) ? file.getFD() : null;
	}

	/** Closing one of these would close it for the whole JVM. */
	private static boolean isStandard(@Nullable FileDescriptor descriptor) {
		return descriptor == FileDescriptor.in || descriptor == FileDescriptor.out || descriptor == FileDescriptor.err;
	}

	private static String describe(Object resource) {
		if (resource instanceof DescribedResource described) {
			return described.description();
		}
		String type = resource.getClass().getName();
		if (resource instanceof ServerSocket socket) {
			return type + " at port " + socket.getLocalPort();
		}
		if (resource instanceof Socket socket) {
			return type + " to " + socket.getRemoteSocketAddress();
		}
		if (resource instanceof DatagramSocket socket) {
			return type + " at port " + socket.getLocalPort();
		}
		return type;
	}

	/**
	 * A step that may throw anything.
	 */
	private interface Step {

		void run(Object resource) throws Exception;

	}

}
