package io.adaptive.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a frame is for, with its number on the wire.
 */
enum FrameKind {

	MESSAGE(1), REPLY(2), FAILURE(3), FRAGMENT(4), TYPE(5), OPEN(6), END(7), RESET(8), CANCEL(9), CREDIT(10), PING(11),
	GO_AWAY(12), REPORT(13);

	private static final FrameKind[] KINDS = values();

	private final int number;

	FrameKind(int number) {
		this.number = number;
	}

	int number() {
		return this.number;
	}

	static @Nullable FrameKind of(int number) {
		return (number >= 1 && number <= KINDS.length) ? KINDS[number - 1] : null;
	}

}
