package io.adaptive.sample.selection;

import java.util.List;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Selection;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Uses the ovens in three ways.
 */
@Component
@Profile("baker")
class Baker {

	private final Connection oven;

	private final List<Connection> ovens;

	private final AdaptiveClient inTurns;

	Baker(@Discover(publisher = "example", name = "oven", selection = "capacity") Connection oven,
			@Discover(publisher = "example", name = "oven") List<Connection> ovens, AdaptiveClient client) {
		this.oven = oven;
		this.ovens = ovens;
		this.inTurns = client.selection(Selection.roundRobin());
	}

	/**
	 * Bakes in the oven that had most capacity, for as long as it is there; then in
	 * another.
	 */
	Baked bake(String what) {
		return this.oven.sendRecv(new Bake(what), Baked.class);
	}

	/**
	 * Bakes in the oven whose turn it is.
	 */
	Baked bakeInTurn(String what) {
		try (Connection next = this.inTurns.discover("example", "oven")) {
			return next.sendRecv(new Bake(what), Baked.class);
		}
	}

	/**
	 * Bakes in all ovens that are there now.
	 */
	List<Baked> bakeEverywhere(String what) {
		return this.ovens.stream().map((each) -> each.sendRecv(new Bake(what), Baked.class)).toList();
	}

}
