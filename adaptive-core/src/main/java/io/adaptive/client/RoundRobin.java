package io.adaptive.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.ServiceInstance;

/**
 * Round robin, in the order of the instance ids.
 */
final class RoundRobin implements Selection {

	static final Comparator<ServiceInstance> BY_ID = Comparator
		.comparing((ServiceInstance candidate) -> candidate.instance().provider().value())
		.thenComparing((candidate) -> candidate.instance().incarnation());

	private final AtomicInteger turn = new AtomicInteger();

	@Override
	public List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements) {
		List<ServiceInstance> ordered = new ArrayList<>(candidates);
		ordered.sort(BY_ID);
		Collections.rotate(ordered, -Math.floorMod(this.turn.getAndIncrement(), ordered.size()));
		return ordered;
	}

}
