package io.adaptive.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A property with several values that may be absent.
 */
final class OptionalList {

	private OptionalList() {
	}

	static List<String> orNone(@Nullable List<String> list) {
		return (list != null) ? list : List.of();
	}

}
