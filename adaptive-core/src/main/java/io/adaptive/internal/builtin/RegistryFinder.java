package io.adaptive.internal.builtin;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.adaptive.builtin.RegistryInfo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Watch;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.Connection;

/**
 * Discovery of the addresses of root registries from other programs of this machine that
 * have them configured.
 */
public final class RegistryFinder implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(RegistryFinder.class);

	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

	private final AdaptiveClient client;

	private final Consumer<List<Endpoint.Tcp>> found;

	private final Watch watch;

	/**
	 * Starts the discovery.
	 * @param client a client that finds the programs of this machine
	 * @param found receives the addresses of each program that appears
	 */
	public RegistryFinder(AdaptiveClient client, Consumer<List<Endpoint.Tcp>> found) {
		this.client = client;
		this.found = found;
		this.watch = client.watch(ServicePattern.of(RegistryInfo.SERVICE), this::ask);
	}

	private void ask(ServiceEvent event) {
		if (event instanceof ServiceEvent.Appeared appeared) {
			ask(appeared.instance());
		}
	}

	private void ask(ServiceInstance instance) {
		try (Connection connection = this.client.connect(instance)) {
			connection.setReceiveTimeout(ANSWER_TIMEOUT);
			List<Endpoint.Tcp> addresses = connection.sendRecv(new RegistryInfo.Query(), RegistryInfo.class)
				.endpoints();
			logger.info("root registries found addresses={} node={}", addresses, instance.instance());
			this.found.accept(addresses);
		}
		catch (AdaptiveException | IllegalArgumentException ex) {
			logger.warn("root registries not found node={} reason=\"{}\"", instance, ex.getMessage());
		}
	}

	@Override
	public void close() {
		this.watch.close();
	}

}
