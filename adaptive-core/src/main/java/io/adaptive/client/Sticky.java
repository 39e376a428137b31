package io.adaptive.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import io.adaptive.message.ServiceInstance;

/**
 * Rendezvous hashing: selects the provider with the highest hash of its id and the key.
 * The provider id survives a restart, so a key returns to its provider. Among several
 * programs of one provider, the incarnation decides.
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
		// The two highest bits are the variant, the same in every UUID.
		return digest.getLeastSignificantBits() << 2;
	}

}
