package io.adaptive.internal.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;

/**
 * Moves a connection when the addresses of its instance or of this machine change. Once
 * the instance answers at or from a new address, new calls and streams go there. The
 * connection over the old address is closed if the instance no longer answers on it, long
 * before its silence would be noticed; calls in flight fail with their known delivery. If
 * it still answers, it stays for its open calls and streams.
 */
final class InstanceMove {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	/**
	 * Time limit for an instance that answers at a new address to answer at the old one.
	 */
	private static final long SIGN_OF_LIFE_MILLIS = 1_500;

	private final Target target;

	private final BiPredicate<MultiplexedConnection, MultiplexedConnection> replace;

	private final SingleRun connecting = new SingleRun("adaptive-move");

	/**
	 * Creates the mover of one connection.
	 * @param target the target of the connection
	 * @param replace replaces a connection by another one, unless it is no longer in use
	 */
	InstanceMove(Target target, BiPredicate<MultiplexedConnection, MultiplexedConnection> replace) {
		this.target = target;
		this.replace = replace;
	}

	/**
	 * Reacts to a possible change of the known addresses of the instance. Does not wait.
	 */
	void follow(MultiplexedConnection current) {
		if (this.target.connector().known().moved(current.info()).isPresent()) {
			begin(current, () -> this.target.connector().known().moved(current.info()),
					InstanceMove::askForASignOfLife);
		}
	}

	/**
	 * Reacts to the removal of the address of this machine that a connection uses. Does
	 * not wait.
	 */
	void leave(MultiplexedConnection current) {
		begin(current, () -> this.target.known(current.info()), this.target.connector().ownAddresses()::end);
	}

	private void begin(MultiplexedConnection current, Supplier<Optional<ServiceInstance>> instance,
			BiConsumer<MultiplexedConnection, MultiplexedConnection> whenReplaced) {
		this.connecting.start(() -> connect(current, instance, whenReplaced));
	}

	private void connect(MultiplexedConnection before, Supplier<Optional<ServiceInstance>> instance,
			BiConsumer<MultiplexedConnection, MultiplexedConnection> whenReplaced) {
		try {
			Optional<ServiceInstance> moved = instance.get();
			if (before.isOpen() && moved.isPresent()) {
				MultiplexedConnection found = this.target.connector().connect(moved.get());
				if (this.replace.test(before, found)) {
					whenReplaced.accept(before, found);
				}
				else {
					found.close();
				}
			}
		}
		catch (AdaptiveException ex) {
			logger.debug("not reached at its new address service={} node={} reason=\"{}\"", before.info().service(),
					before.info().peer(), ex.getMessage());
		}
	}

	private static void askForASignOfLife(MultiplexedConnection before, MultiplexedConnection found) {
		CompletableFuture<?> unused = before.async()
			.sendRecv(new WorkerQuery(), WorkerStatistics.class)
			.orTimeout(SIGN_OF_LIFE_MILLIS, TimeUnit.MILLISECONDS)
			.whenComplete((alive, error) -> {
				if (error instanceof TimeoutException) {
					before.breakOff(new ErrorInfo(ErrorCode.UNAVAILABLE, "the node is gone from %s and answers at %s"
						.formatted(before.info().endpoint(), found.info().endpoint())));
				}
			});
	}

}
