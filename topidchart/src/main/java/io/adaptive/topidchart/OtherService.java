package io.adaptive.topidchart;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ServiceWatch;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import perf.topid.message.ChartMessages;

/**
 * Looks for another chart service on the network before this one is published, and ends
 * the start if there is one. One that does not answer, such as one that was killed, does
 * not count.
 */
@Component
class OtherService implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(OtherService.class);

	private static final ServicePattern CHART = new ServicePattern(ChartMessages.PUBLISHER, ChartMessages.SERVICE);

	private final AdaptiveNode node;

	private final AdaptiveClient client;

	private final boolean another;

	private final Duration patience;

	private volatile boolean running;

	/**
	 * Makes one.
	 * @param another whether two services are wanted
	 * @param patience how long another one is looked for, where this one is published
	 * beyond the machine
	 */
	OtherService(AdaptiveNode node, AdaptiveClient client, @Value("${topidchart.another:false}") boolean another,
			@Value("${topidchart.look-for-another:2s}") Duration patience) {
		this.node = node;
		this.client = client;
		this.another = another;
		this.patience = patience;
	}

	@Override
	public void start() {
		this.running = true;
		Scope[] scopes = Stream.of(Scope.LAN, Scope.WAN).filter(this.node.scopes()::contains).toArray(Scope[]::new);
		if (this.another || scopes.length == 0) {
			return;
		}
		try (ServiceWatch watch = this.client.scopes(scopes).watch(CHART)) {
			long end = System.nanoTime() + this.patience.toNanos();
			long left = this.patience.toNanos();
			while (left > 0) {
				Optional<ServiceEvent> event = watch.next(Duration.ofNanos(left));
				if (event.isPresent() && event.get() instanceof ServiceEvent.Appeared appeared) {
					check(appeared.instance());
				}
				left = end - System.nanoTime();
			}
		}
	}

	private void check(ServiceInstance other) {
		try (Connection connection = this.client.connect(other)) {
			logger.debug("{} answers", connection.info());
		}
		catch (AdaptiveException ex) {
			logger.info("The chart service {} does not answer: {}", other, ex.getMessage());
			return;
		}
		throw new OtherServiceException(other);
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the page and the service. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 1;
	}

}
