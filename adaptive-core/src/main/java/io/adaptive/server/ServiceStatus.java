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
 * A snapshot of the status of a publication.
 *
 * @param service the service
 * @param scopes the scopes in which the service is published, or was before it began to
 * drain
 * @param ordered whether handlers of messages on one stream run one at a time
 * @param messages the messages that the service handles
 * @param inFlight the number of messages that were accepted and are not completely
 * handled
 * @param draining the time since the service began to drain, {@code null} if it is
 * published
 * @param connections the connections of its clients
 */
public record ServiceStatus(ServiceName service, Set<Scope> scopes, boolean ordered, List<HandledMessage> messages,
		long inFlight, @Nullable Duration draining, List<ConnectionStatus> connections) {

	/**
	 * Returns whether the service is being unpublished.
	 * @return {@code true} while the service drains
	 */
	public boolean isDraining() {
		return this.draining != null;
	}

}
