package io.adaptive.wire;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EncodingObstacle}.
 */
class EncodingObstacleTests {

	@Test
	void whatConsistsOfKnownTypesIsNoObstacle() {
		assertThat(EncodingObstacle.of(Fine.class)).isEmpty();
		assertThat(EncodingObstacle.of(String.class)).isEmpty();
		assertThat(EncodingObstacle.of(Derived.class)).isEmpty();
	}

	@Test
	void openTypeIsNamedWithItsPlace() {
		assertThat(EncodingObstacle.of(WithOpen.class)).hasValueSatisfying((text) -> assertThat(text).isEqualTo(
				"part in %s is of type %s, which is neither concrete nor sealed, so that nobody knows what it may be"
					.formatted(WithOpen.class.getName(), Open.class.getName())));
	}

	@Test
	void openTypeIsFoundWithinCollectionsAndOtherMessages() {
		assertThat(EncodingObstacle.of(Nested.class))
			.hasValueSatisfying((text) -> assertThat(text).startsWith("part in " + WithOpen.class.getName()));
		assertThat(EncodingObstacle.of(WithMap.class))
			.hasValueSatisfying((text) -> assertThat(text).startsWith("parts in " + WithMap.class.getName()));
	}

	@Test
	void innerClassIsNamed() {
		assertThat(EncodingObstacle.of(Inner.class)).hasValueSatisfying(
				(text) -> assertThat(text).startsWith(Inner.class.getName() + " belongs to an object around it"));
	}

	@Test
	void typeThatNamesItsTypesForJacksonIsLeftToIt() {
		assertThat(EncodingObstacle.of(WithNamed.class)).isEmpty();
	}

	interface Open {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface Named {

	}

	sealed interface Closed permits One, Two {

	}

	record One(int value) implements Closed {

	}

	enum Two implements Closed {

		A {
			@Override
			void act() {
			}
		};

		abstract void act();

	}

	record Fine(List<Closed> list, Map<String, One[]> map, Two two, Object anything, CharSequence text) {

	}

	abstract static class Base {

		int number;

	}

	static class Derived extends Base {

		String text = "";

	}

	record WithOpen(int first, Open part) {

	}

	record Nested(List<WithOpen> list) {

	}

	record WithMap(Map<String, Open[]> parts) {

	}

	record WithNamed(Named part) {

	}

	class Inner {

		int number = EncodingObstacleTests.this.hashCode();

	}

}
