package io.adaptive.internal.builtin.root;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.status.RootRegistryStatus;
import org.jspecify.annotations.Nullable;

/**
 * Registration of a node at one root registry: of its services, and of relays if the
 * registry cannot reach it. It is updated by the thread of the link; reports and states
 * are for use by any thread.
 */
final class NodeRegistration {

	private static final KeyValueLogger logger = KeyValueLogger.of(NodeRegistration.class);

	private final Endpoint.Tcp registry;

	private final Function<List<Endpoint.Relayed>, DesiredRegistration> desired;

	private final Relays relays;

	private final DirectWay direct = new DirectWay(System::nanoTime, new Random());

	private final RegistrationRefusal refusal = new RegistrationRefusal(System::nanoTime, new Random());

	private List<Endpoint.Relayed> openRelays = List.of();

	private volatile boolean relaysChanged;

	private volatile boolean accepted;

	/**
	 * Creates the registration of a node that is not registered.
	 * @param registry the address of the registry
	 * @param desired supplies the desired registration, given the relays that lead to the
	 * node
	 * @param relays opens relays
	 */
	NodeRegistration(Endpoint.Tcp registry, Function<List<Endpoint.Relayed>, DesiredRegistration> desired,
			Relays relays) {
		this.registry = registry;
		this.desired = desired;
		this.relays = relays;
	}

	boolean isAccepted() {
		return this.accepted;
	}

	RootRegistryStatus.Registration status() {
		if (refusal() != null) {
			return RootRegistryStatus.Registration.REFUSED;
		}
		if (this.accepted) {
			return RootRegistryStatus.Registration.ACCEPTED;
		}
		return this.desired.apply(List.of()).services().isEmpty() ? RootRegistryStatus.Registration.NOT_NEEDED
				: RootRegistryStatus.Registration.PENDING;
	}

	/**
	 * Returns the reason for which the registry refuses the node, {@code null} if it does
	 * not refuse.
	 */
	@Nullable String refusal() {
		return this.refusal.reason();
	}

	/**
	 * Reports that the connection to the registry is lost.
	 * @return whether the node was registered
	 */
	boolean lost() {
		boolean before = this.accepted;
		this.accepted = false;
		return before;
	}

	/**
	 * Reports that the addresses of this machine have changed, so that the registry may
	 * reach the node directly.
	 */
	void addressesChanged() {
		this.direct.addressesChanged();
	}

	/**
	 * Reports that the relays that lead to the node have changed.
	 */
	void relaysChanged() {
		this.relaysChanged = true;
	}

	/**
	 * Performs the due step: registers the node, renews its lease, or tries to register
	 * without relays.
	 * @return the time until the next call, in nanoseconds
	 * @throws AdaptiveException if the registry does not answer
	 */
	long keep(RootSession session) {
		if (this.relaysChanged) {
			this.relaysChanged = false;
			this.refusal.relaysChanged();
			this.openRelays = this.openRelays.isEmpty() ? List.of() : this.relays.open(this.registry);
		}
		DesiredRegistration current = this.desired.apply(this.openRelays);
		try {
			if (session.isBehind(current) && this.refusal.nanosToRetry(current) == 0) {
				session.catchUp(current);
				accepted(session);
			}
			else if (session.isRegistered() && this.direct.nanosToTry() == 0) {
				tryDirect(session);
			}
			else {
				session.renewIfDue();
			}
			this.accepted = session.isRegistered();
			return Math.min(
					Math.min(session.isBehind(current) ? this.refusal.nanosToRetry(current) : Long.MAX_VALUE,
							session.nanosToRenewal()),
					session.isRegistered() ? this.direct.nanosToTry() : Long.MAX_VALUE);
		}
		catch (AdaptiveException ex) {
			if (!isRefusal(ex)) {
				throw ex;
			}
			// A working relay is kept while its proxy is not registered yet.
			if (ex.code() != ErrorCode.NOT_FOUND || !this.refusal.isNotYet(current)) {
				refused(current, ex, session.isRegistered());
			}
			return Math.min(this.refusal.nanosToRetry(this.desired.apply(this.openRelays)), session.nanosToRenewal());
		}
	}

	/**
	 * Tries to register without relays. The relays stay open for the clients that are
	 * connected through them, and a refusal leaves the registration with relays
	 * unchanged.
	 */
	private void tryDirect(RootSession session) {
		List<Endpoint.Relayed> before = this.openRelays;
		try {
			session.catchUp(this.desired.apply(List.of()));
			if (!session.isRegistered()) {
				return;
			}
			this.openRelays = List.of();
			accepted(session);
			this.relays.notNeeded(this.registry);
			logger.info("reached by root={} itself, relays not needed any more={}", this.registry, before);
		}
		catch (AdaptiveException ex) {
			// A lost connection is noticed by the loop.
			this.direct.refused();
			logger.debug("not reached by root={} itself, staying with relays={}", this.registry, before, ex);
		}
	}

	private void accepted(RootSession session) {
		if (session.isRegistered() && !this.accepted) {
			logger.info("registered root={} services={} relays={}", this.registry, session.services().size(),
					this.openRelays);
		}
		this.direct.accepted(!this.openRelays.isEmpty());
		if (!this.openRelays.isEmpty()) {
			this.relays.accepted(this.registry, this.openRelays);
		}
		this.refusal.accepted();
	}

	private boolean isRefusal(AdaptiveException failed) {
		return switch (failed.code()) {
			case NOT_FOUND -> !this.openRelays.isEmpty();
			case FAILED_PRECONDITION, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, PERMISSION_DENIED, UNAUTHENTICATED -> true;
			default -> false;
		};
	}

	/**
	 * Returns whether a refusal means that the relays do not work. Another reason, as of
	 * a registry that is full, says nothing about them.
	 */
	private static boolean isOfRelays(AdaptiveException reason) {
		return reason.code() == ErrorCode.FAILED_PRECONDITION || reason.code() == ErrorCode.NOT_FOUND;
	}

	private void refused(DesiredRegistration desired, AdaptiveException reason, boolean stillRegistered) {
		this.accepted = false;
		this.refusal.refused(desired);
		if (reason.code() == ErrorCode.FAILED_PRECONDITION && this.openRelays.isEmpty()) {
			this.openRelays = this.relays.open(this.registry);
			if (!this.openRelays.isEmpty()) {
				logger.info("not reached by root={}, trying relays={} reason=\"{}\"", this.registry, this.openRelays,
						KeyValueLogger.printable(String.valueOf(reason.getMessage())));
				return;
			}
		}
		else if (!this.openRelays.isEmpty() && isOfRelays(reason)) {
			List<Endpoint.Relayed> worse = this.openRelays;
			this.relays.refused(this.registry, worse);
			this.openRelays = stillRegistered ? this.relays.open(this.registry) : List.of();
			if (!this.openRelays.isEmpty()) {
				logger.info("relays not taken by root={}, staying with relays={} refused={} reason=\"{}\"",
						this.registry, this.openRelays, worse,
						KeyValueLogger.printable(String.valueOf(reason.getMessage())));
				return;
			}
		}
		String text = KeyValueLogger.printable(String.valueOf(reason.getMessage()));
		if (this.refusal.stands(text)) {
			logger.error("registration refused, services of this node are not found in scope WAN root={} reason=\"{}\"",
					this.registry, text);
		}
	}

}
