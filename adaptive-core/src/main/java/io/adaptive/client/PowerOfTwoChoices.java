package io.adaptive.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import io.adaptive.message.ServiceInstance;

/**
 * The less loaded of two instances that are drawn at random.
 *
 * @see <a href=
 * "https://www.eecs.harvard.edu/~michaelm/postscripts/tpds2001.pdf">Mitzenmacher, The
 * Power of Two Choices in Randomized Load Balancing</a>
 */
final class PowerOfTwoChoices implements Selection {

	/** The age from which an instance receives its full share. */
	static final Duration SLOW_START = Duration.ofSeconds(10);

	private static final double SMALLEST_SHARE = 0.1;

	@Override
	public List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements) {
		RandomGenerator random = ThreadLocalRandom.current();
		List<ServiceInstance> rest = new ArrayList<>(candidates);
		List<ServiceInstance> ordered = new ArrayList<>();
		while (rest.size() > 1) {
			ServiceInstance one = draw(rest, measurements, random);
			rest.remove(one);
			ServiceInstance other = draw(rest, measurements, random);
			if (measurements.load(other) < measurements.load(one)) {
				rest.remove(other);
				rest.add(one);
				ordered.add(other);
			}
			else {
				ordered.add(one);
			}
		}
		ordered.addAll(rest);
		return ordered;
	}

	private static ServiceInstance draw(List<ServiceInstance> candidates, Measurements measurements,
			RandomGenerator random) {
		double[] shares = candidates.stream().mapToDouble((each) -> share(each, measurements)).toArray();
		double left = random.nextDouble() * Arrays.stream(shares).sum();
		for (int i = 0; i < shares.length - 1; i++) {
			left -= shares[i];
			if (left < 0) {
				return candidates.get(i);
			}
		}
		return candidates.get(shares.length - 1);
	}

	private static double share(ServiceInstance candidate, Measurements measurements) {
		double warm = (double) measurements.age(candidate).toNanos() / SLOW_START.toNanos();
		return Math.max(SMALLEST_SHARE, Math.min(1, warm));
	}

}
