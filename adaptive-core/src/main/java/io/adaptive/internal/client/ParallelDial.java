package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ServiceInstance;
import io.adaptive.settings.DiscoveryClock;
import org.jspecify.annotations.Nullable;

/**
 * Dials all of several instances. Confined to one thread, which waits.
 */
final class ParallelDial {

	/** Number of instances that are dialled at the same time. */
	private static final int AT_ONCE = 32;

	private final Connector connector;

	private final DiscoveryClock clock;

	private final @Nullable Duration timeLeft;

	private final List<MultiplexedConnection> connections = new ArrayList<>();

	/**
	 * Creates a dial that has not begun.
	 * @param timeLeft the time limit for all together, {@code null} for no limit
	 */
	ParallelDial(Connector connector, DiscoveryClock clock, @Nullable Duration timeLeft) {
		this.connector = connector;
		this.clock = clock;
		this.timeLeft = timeLeft;
	}

	/**
	 * Connects to the instances, to each as {@link Connector#connect} does.
	 * @return the connections, in the order of the instances
	 */
	List<MultiplexedConnection> run(List<ServiceInstance> instances) {
		long start = this.clock.nanoTime();
		try {
			for (int from = 0; from < instances.size(); from += AT_ONCE) {
				Duration left = (this.timeLeft == null) ? null
						: this.timeLeft.minusNanos(this.clock.nanoTime() - start);
				connectTogether(instances.subList(from, Math.min(instances.size(), from + AT_ONCE)),
						Connector.atMost(left));
			}
			return this.connections;
		}
		catch (RuntimeException | Error ex) {
			this.connections.forEach(MultiplexedConnection::close);
			throw ex;
		}
	}

	private void connectTogether(List<ServiceInstance> instances, Duration timeout) {
		Map<ServiceInstance, DialAttempt> attempts = new LinkedHashMap<>();
		DialWait wait = new DialWait(this.clock);
		long start = this.clock.nanoTime();
		try {
			instances
				.forEach((instance) -> attempts.put(instance, this.connector.begin(instance, new AtomicBoolean())));
			for (ServiceInstance instance : instances) {
				DialAttempt attempt = Objects.requireNonNull(attempts.remove(instance));
				try {
					this.connections.add(this.connector.opened(instance, wait.await(attempt, start, timeout)));
				}
				catch (ConnectionRefusedException ex) {
					this.connector.passOver(instance, ex);
				}
			}
		}
		finally {
			attempts.values().forEach(DialAttempt::abandon);
		}
	}

}
