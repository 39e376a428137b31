package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.internal.log.KeyValueLogger;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Logs that a listening socket cannot accept connections, as when the process is out of
 * file descriptors: at once, and then at most once a minute. It is the first handler in
 * the pipeline, since Reactor Netty's own handler consumes the failure, waits for a
 * second and goes on.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

	private static final KeyValueLogger logger = KeyValueLogger.of(AcceptFailures.class);

	private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final String UNKNOWN = "unknown";

	private final String maxFileDescriptors = readMaxFileDescriptors();

	private long failures;

	private long saidAt;

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.failures++;
		long now = System.nanoTime();
		if (this.failures == 1 || now - this.saidAt >= AGAIN_NANOS) {
			this.saidAt = now;
			logger.error(
					"connections cannot be accepted, they wait address={} failures={} maxFileDescriptors={} reason=\"{}\"",
					context.channel().localAddress(), this.failures, this.maxFileDescriptors, cause.getMessage());
		}
		context.fireExceptionCaught(cause);
	}

	/**
	 * Reads the limit of file descriptors of this process in advance. Reading it needs a
	 * descriptor itself.
	 */
	private static String readMaxFileDescriptors() {
		try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
			return limits.filter((line) -> line.startsWith("Max open files"))
				.map((line) -> line.split("\\s+", -1)[3])
				.findFirst()
				.orElse(UNKNOWN);
		}
		catch (IOException | RuntimeException ex) {
			// Not Linux, or a container without it.
			return UNKNOWN;
		}
	}

}
