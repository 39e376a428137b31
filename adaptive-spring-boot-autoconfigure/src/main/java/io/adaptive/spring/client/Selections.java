package io.adaptive.spring.client;

import io.adaptive.client.Selection;
import io.adaptive.client.SelectionChain;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * Selections by name.
 */
final class Selections {

	private static final String STICKY = "sticky:";

	/** The remedy for an unknown selection. */
	static final String ACTION = "Write random, capacity, latency, a chain such as capacity,latency, round-robin, "
			+ "power-of-two-choices, sticky:<key>, or the name of a bean of type " + Selection.class.getName();

	private Selections() {
	}

	/**
	 * Returns a selection.
	 * @param name the name of the selection
	 * @param beans the bean factory with the selections of the application
	 * @return the selection, {@code null} if there is none of that name
	 */
	static @Nullable Selection named(String name, BeanFactory beans) {
		if (beans.containsBean(name) && beans.isTypeMatch(name, Selection.class)) {
			return beans.getBean(name, Selection.class);
		}
		if (name.startsWith(STICKY) && name.length() > STICKY.length()) {
			return Selection.sticky(name.substring(STICKY.length()));
		}
		return switch (name) {
			case "random" -> Selection.random();
			case "round-robin" -> Selection.roundRobin();
			case "power-of-two-choices" -> Selection.powerOfTwoChoices();
			default -> chain(name);
		};
	}

	private static @Nullable Selection chain(String name) {
		SelectionChain chain = null;
		for (String criterion : name.split(",", -1)) {
			chain = switch (criterion.strip()) {
				case "capacity" -> (chain != null) ? chain.thenCapacity() : Selection.capacity();
				case "latency" -> (chain != null) ? chain.thenLatency() : Selection.latency();
				default -> null;
			};
			if (chain == null) {
				return null;
			}
		}
		return chain;
	}

}
