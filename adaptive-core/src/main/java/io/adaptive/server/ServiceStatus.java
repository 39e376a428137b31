package io.adaptive.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.adaptive.handler.HandledMessage;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A publication at one moment.
 *
 * @param service the service
 * @param scopes where it is published, or was before it began to leave
 * @param ordered whether the handlers of one stream run one after the other
 * @param messages what it handles
 * @param inFlight messages that were taken and are not handled yet
 * @param draining for how long it has been leaving, {@code null} if it is published
 * @param connections the connections of its clients
 */
public record ServiceStatus(ServiceName service, Set<Scope> scopes, boolean ordered, List<HandledMessage> messages,
		long inFlight, @Nullable Duration draining, List<ConnectionStatus> connections) {

	/**
	 * Returns whether it is being taken back.
	 * @return whether it is leaving
	 */
	public boolean isDraining() {
		return this.draining != null;
	}

}
