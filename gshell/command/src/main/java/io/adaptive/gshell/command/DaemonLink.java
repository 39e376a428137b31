package io.adaptive.gshell.command;

import java.time.Duration;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * The connection of one command to the daemon of this machine. The only class that knows
 * how the daemon is reached. For one thread, but for its streams.
 */
final class DaemonLink implements AutoCloseable {

	static final ServiceName DAEMON = new ServiceName("gshell", "daemon");

	private static final Duration ATTEMPT = Duration.ofSeconds(5);

	private final AdaptiveNode node;

	private final Connection connection;

	private final CallSettings settings;

	private DaemonLink(AdaptiveNode node, Connection connection, Duration patience) {
		this.node = node;
		this.connection = connection;
		this.settings = CallSettings.DEFAULT.timeout(patience);
	}

	/**
	 * Connects to the daemon.
	 * @param environment the surroundings
	 * @param provider node that the command is for: {@code self}, or the id of this one
	 * @throws CommandException if no daemon runs, or the node is another one
	 */
	static DaemonLink open(CommandEnvironment environment, String provider) {
		AdaptiveNode node = LocalNode.open(environment);
		try {
			String self = node.instance().provider().value();
			if (!provider.equals("self") && !provider.equals(self)) {
				throw new CommandException(ExitStatus.NOT_FOUND,
						"This version reaches its own node only, which is %s, not %s; leave -p out, or run the command there"
							.formatted(self, provider));
			}
			return new DaemonLink(node, connect(node.newClient(), environment.patience()), environment.patience());
		}
		catch (RuntimeException ex) {
			node.close();
			throw ex;
		}
	}

	/**
	 * Connects to the daemon as long as there is one; one that does not answer in time
	 * may be stopped, or be without processor time.
	 */
	private static Connection connect(AdaptiveClient client, Duration patience) {
		long begin = System.nanoTime();
		while (!client.list(ServicePattern.of(DAEMON)).isEmpty()) {
			Duration left = patience.minusNanos(System.nanoTime() - begin);
			if (left.isNegative() || left.isZero()) {
				throw new CommandException(ExitStatus.TIMEOUT,
						"The daemon runs and has not answered within %s s; look at its process"
							.formatted(patience.toSeconds()));
			}
			try {
				return client.discoverTimeout((left.compareTo(ATTEMPT) < 0) ? left : ATTEMPT).discover(DAEMON);
			}
			catch (ServiceNotFoundException ex) {
				// It does not answer, or has ended meanwhile.
			}
		}
		throw new CommandException(ExitStatus.NOT_FOUND,
				"No daemon runs for this user on this machine; start one with: gsh daemon");
	}

	<T> T call(Object request, Class<T> replyType) {
		return this.connection.sendRecv(request, replyType, this.settings);
	}

	/**
	 * Opens a conversation, to be closed by the caller.
	 */
	MessageStream newStream() {
		return this.connection.newStream();
	}

	@Override
	public void close() {
		this.connection.close();
		this.node.close();
	}

}
