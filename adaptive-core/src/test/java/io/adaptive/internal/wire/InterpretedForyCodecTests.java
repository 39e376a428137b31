package io.adaptive.internal.wire;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;

/**
 * The same with interpreted messages, and with code that is generated meanwhile.
 */
class InterpretedForyCodecTests extends ForyCodecTests {

	private static final ForyCodec CODEC = new ForyCodec(RegisteredTypes.NONE, (work) -> {
	});

	private static final ExecutorService background = Executors.newFixedThreadPool(2);

	@Override
	ForyCodec shared() {
		return CODEC;
	}

	@Override
	ForyCodec newCodec() {
		return new ForyCodec(RegisteredTypes.NONE, background);
	}

	@AfterAll
	static void end() {
		background.shutdownNow();
	}

}
