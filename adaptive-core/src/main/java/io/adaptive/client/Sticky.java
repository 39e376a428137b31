package io.adaptive.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import io.adaptive.message.ServiceInstance;

/**
 * Rendezvous hashing: the provider whose id, hashed together with the key, is highest.
 * The provider's id survives a restart, so that the key finds back; of several programs
 * of one provider the incarnation decides.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Rendezvous_hashing">Rendezvous hashing</a>
 */
record Sticky(String key) implements Selection {

	@Override
	public List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements) {
		List<ServiceInstance> ordered = new ArrayList<>(candidates);
		ordered.sort(Comparator.comparingLong(this::ofProvider)
			.thenComparingLong(this::ofInstance)
			.reversed()
			.thenComparing(RoundRobin.BY_ID));
		return ordered;
	}

	private long ofProvider(ServiceInstance candidate) {
		return hash(candidate.instance().provider().value());
	}

	private long ofInstance(ServiceInstance candidate) {
		return hash(candidate.instance().toString());
	}

	private long hash(String text) {
		UUID digest = UUID.nameUUIDFromBytes((this.key + '\0' + text).getBytes(StandardCharsets.UTF_8));
		// The two highest bits are the same in all of them.
		return digest.getLeastSignificantBits() << 2;
	}

}
