package io.adaptive.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.adaptive.fixture.SlowTest;
import io.adaptive.message.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each {@link InteropCase} in each scope with each codec, one after the other over
 * the same connection.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropTests {

	private static final List<Scope> SCOPES = List.of(Scope.PROCESS, Scope.OS, Scope.LAN);

	private static final List<String> CODECS = List.of("fory", "json", "cbor");

	@TempDir
	static Path directory;

	private final Map<String, InteropPlace> places = new HashMap<>();

	@AfterAll
	void close() {
		this.places.values().forEach(InteropPlace::close);
	}

	static Stream<Arguments> shortCases() {
		return cases(false);
	}

	static Stream<Arguments> longCases() {
		return cases(true);
	}

	private static Stream<Arguments> cases(boolean slow) {
		return SCOPES.stream()
			.flatMap((scope) -> CODECS.stream()
				.flatMap((codec) -> Arrays.stream(InteropCase.values())
					.filter((each) -> each.isSlow() == slow)
					.map((each) -> Arguments.of(scope, codec, each))));
	}

	@ParameterizedTest
	@MethodSource("shortCases")
	void theCaseHolds(Scope scope, String codec, InteropCase each) throws IOException {
		InteropPlace place = place(scope, codec);
		place.service().reset();
		each.run(place);
		place.awaitAllEnded();
		InteropCase.EMPTY_UNARY.run(place);
	}

	@SlowTest
	@ParameterizedTest
	@MethodSource("longCases")
	void theLongCaseHolds(Scope scope, String codec, InteropCase each) throws IOException {
		theCaseHolds(scope, codec, each);
	}

	private InteropPlace place(Scope scope, String codec) throws IOException {
		String name = scope + codec;
		if (!this.places.containsKey(name)) {
			this.places.put(name, new InteropPlace(scope, codec, directory));
		}
		return this.places.get(name);
	}

}
