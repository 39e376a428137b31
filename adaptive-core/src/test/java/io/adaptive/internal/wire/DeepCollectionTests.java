package io.adaptive.internal.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.message.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * The first message of a type whose collections are nested deep does not wait for code
 * that takes longer to generate than a caller waits.
 */
class DeepCollectionTests {

	/** Generated code for six levels takes minutes. */
	private static final Duration NO_CODE_IS_GENERATED = Duration.ofSeconds(50);

	static Stream<Object> messages() {
		return Stream.of(new Polygon(List.of(List.of(List.of(1.0, 2.0), List.of()))),
				new Six(List.of(List.of(List.of(List.of(List.of(Set.of("x"))))))),
				new Holder(new Six(List.of()), Map.of("k", List.of(1))));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void aDeepMessageComesBackSoon(Object message) {
		assertTimeoutPreemptively(NO_CODE_IS_GENERATED, () -> {
			ForyCodec codec = new ForyCodec();
			codec.warmUp(message.getClass());
			byte[] encoded = codec.encode(message, Arrays::copyOf);
			assertThat((Object) codec.decode(MessageType.of(message.getClass()), encoded)).isEqualTo(message);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { Polygon.class, Six.class, TlvFields.Wildcard.class, TlvFields.InMap.class,
			TlvFields.InArray.class })
	void threeCollectionsAroundEachOtherAreDeep(Class<?> type) {
		assertThat(DeepCollections.areIn(Set.of(type))).isTrue();
	}

	@Test
	void mapsAndTwoCollectionsAreNot() {
		assertThat(DeepCollections.areIn(Set.of(Flat.class, TlvFields.class))).isFalse();
	}

	record Polygon(List<List<List<Double>>> coordinates) {
	}

	record Six(List<List<List<List<List<Set<String>>>>>> content) {
	}

	record Holder(Six six, Map<String, List<Integer>> other) {
	}

	record Flat(List<Set<String>> two, Map<String, Map<String, Map<String, List<List<String>>>>> maps,
			String[][][] arrays, Collection<?> any, int number) {
	}

	interface TlvFields {

		record Wildcard(List<? extends List<? extends Collection<Integer>>> content) {
		}

		record InMap(Map<String, List<List<List<Integer>>>> content) {
		}

		record InArray(List<List<List<Integer>>>[] content) {
		}

	}

}
