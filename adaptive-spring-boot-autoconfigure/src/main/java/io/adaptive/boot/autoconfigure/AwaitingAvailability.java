package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.spring.client.DiscoveredConnections;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;

/**
 * Reports an application as ready only when its eagerly required services were found. No
 * event is published for that: its own services are published nevertheless, because two
 * applications that need each other would otherwise wait without limit.
 */
final class AwaitingAvailability extends ApplicationAvailabilityBean {

	private final ObjectProvider<DiscoveredConnections> connections;

	AwaitingAvailability(ObjectProvider<DiscoveredConnections> connections) {
		this.connections = connections;
	}

	@Override
	public <S extends AvailabilityState> @Nullable AvailabilityChangeEvent<S> getLastChangeEvent(Class<S> stateType) {
		AvailabilityChangeEvent<S> last = super.getLastChangeEvent(stateType);
		if (last == null || last.getState() != ReadinessState.ACCEPTING_TRAFFIC) {
			return last;
		}
		List<String> awaited = this.connections.getObject().awaited();
		return awaited.isEmpty() ? last
				: new AvailabilityChangeEvent<>(awaited, stateType.cast(ReadinessState.REFUSING_TRAFFIC));
	}

}
