package io.adaptive;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types that refer to each other in a circle can only be understood, tested and changed
 * together, so that there are few of them.
 */
class KnotTests {

	private static final int LARGEST = Figures.Limits.KNOT;

	/** Share of all types that are in a knot, in percent. Only to be lowered. */
	private static final double SHARE = 9.5;

	private static final Knots KNOTS = new Knots(ArchitectureTests.MAIN);

	static Stream<String> rooms() {
		return Rooms.USES.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("rooms")
	void noKnotOfARoomIsLarge(String room) {
		List<List<String>> knots = KNOTS.in(room);
		assertThat(knots).as("knots of room %s with more than %s types", room, LARGEST)
			.allSatisfy((knot) -> assertThat(knot).hasSizeLessThanOrEqualTo(LARGEST));
	}

	@Test
	void fewTypesAreInAKnot() {
		double share = 100.0 * KNOTS.typesInKnots() / KNOTS.types();
		System.out.printf("%s of %s types are in knots, %.1f %%%n", KNOTS.typesInKnots(), KNOTS.types(), share);
		assertThat(KNOTS.types()).isGreaterThan(400);
		assertThat(share).isLessThanOrEqualTo(SHARE);
	}

}
