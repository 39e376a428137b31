package io.adaptive.boot.autoconfigure.types;

import io.adaptive.annotation.Message;
import io.adaptive.annotation.RegisteredType;

/**
 * An interface whose implementations are registered one by one.
 */
public interface Animal {

	/**
	 * An implementation that is registered by its annotation.
	 */
	@Message("test.cat")
	@RegisteredType
	record Cat(String name, int lives) implements Animal {

	}

	/**
	 * An implementation that is not registered.
	 */
	record Dog(String name) implements Animal {

	}

	/**
	 * A sealed type that is registered with what it permits.
	 */
	@RegisteredType
	sealed interface Fish permits Carp, Pike {

	}

	/**
	 * A fish.
	 */
	record Carp(int scales) implements Fish {

	}

	/**
	 * A fish.
	 */
	record Pike(int teeth) implements Fish {

	}

	/**
	 * An enum that is registered.
	 */
	@RegisteredType
	enum Mood {

		CALM, WILD

	}

}
