package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of an application that publishes or uses services.
 *
 * @param enabled Whether to publish and discover services at all.
 * @param providerId Name of this machine or container, the same for all programs on it: 1
 * to 64 visible ASCII characters. By default, found out from the machine.
 * @param scopes How far services are published and looked for.
 * @param workers Threads that call message handlers.
 * @param os Communication between the programs of one user on one machine.
 * @param discoverTimeout How long to wait for a service to appear. By default, for ever;
 * zero does not wait.
 * @param drainTimeout How long messages in flight are served after a service was
 * unpublished, before what is left is broken off.
 * @param server Applications that publish services.
 */
@ConfigurationProperties("adaptive")
public record AdaptiveProperties(@DefaultValue("true") boolean enabled, @Nullable ProviderId providerId,
		@DefaultValue("process,os") Set<Scope> scopes, @DefaultValue Workers workers, @DefaultValue Os os,
		@Nullable Duration discoverTimeout, @DefaultValue("30s") Duration drainTimeout, @DefaultValue Server server) {

	/**
	 * Threads that call message handlers.
	 *
	 * @param resident Number of workers kept when there is nothing to do.
	 */
	public record Workers(@DefaultValue("1") int resident) {

	}

	/**
	 * Communication between the programs of one user on one machine.
	 *
	 * @param socketDirectory Directory of the sockets by which programs find each other.
	 * Only its owner may be allowed to enter. By default, a directory of the user under
	 * the system's temporary directory.
	 */
	public record Os(@Nullable Path socketDirectory) {

	}

	/**
	 * Applications that publish services.
	 *
	 * @param keepAlive Whether an application without a web server stays alive until its
	 * context is closed, if a bean publishes a service.
	 */
	public record Server(@DefaultValue("true") boolean keepAlive) {

	}

}
