package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.RootRegistrySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Operation as a root registry.
 *
 * @param enabled Whether this application is a root registry, at its TCP address. If no
 * address is set, it listens on all addresses at port 7200.
 * @param directory Directory that stores the registrations. By default,
 * .adaptive/root-registry in the user's home directory.
 * @param leaseTime Time after which an application that does not renew its registration
 * is removed.
 * @param renewalInterval Interval at which applications renew their registration.
 * @param protectionTime Time for which applications stay registered that were lost
 * together and cannot be reached by the registry.
 */
public record RootRegistryProperties(@DefaultValue("false") boolean enabled, @Nullable Path directory,
		@DefaultValue("6s") Duration leaseTime, @DefaultValue("2s") Duration renewalInterval,
		@DefaultValue("60s") Duration protectionTime) {

	public RootRegistryProperties {
		new LeaseTimes(leaseTime, renewalInterval, protectionTime);
	}

	RootRegistrySettings settings() {
		LeaseTimes times = new LeaseTimes(this.leaseTime, this.renewalInterval, this.protectionTime);
		// The properties of the reverse proxy configure relaying.
		return new RootRegistrySettings(place(), times).withoutRelaying();
	}

	Path place() {
		if (this.directory != null) {
			return this.directory;
		}
		// A user who is a number only has the home directory "?".
		Path home = Path.of(System.getProperty("user.home", ""));
		if (!home.isAbsolute()) {
			throw new IllegalArgumentException("this user has no home directory, so that a root registry needs "
					+ "adaptive.root-registry.directory");
		}
		return home.resolve(".adaptive").resolve("root-registry");
	}

}
