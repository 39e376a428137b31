package io.adaptive.internal.wire;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.message.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event loop may encode and decode: only what is prepared, and compared.
 */
class ReadyTypesTests {

	static Stream<PayloadCodec> codecs() {
		return Stream.of(JacksonCodec.json(), CborCodec.create(RegisteredTypes.NONE), new ForyCodec());
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeIsReadyOnceItWasPrepared(PayloadCodec codec) {
		assertThat(codec.isReady(new Prepared(1))).isFalse();
		assertThat(codec.isReady(MessageType.of(Prepared.class), 0)).isFalse();
		codec.warmUp(Prepared.class);
		assertThat(codec.isReady(new Prepared(1))).isTrue();
		assertThat(codec.isReady(MessageType.of(Prepared.class), MessageSchema.of(Prepared.class).fingerprint()))
			.isTrue();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeIsPreparedWhoseEnumHasConstantsWithBodies(PayloadCodec codec) {
		codec.prepare(Computed.class);
		codec.warmUp(Computed.class);
		assertThat(codec.isReady(new Computed(Operation.NEGATE))).isTrue();
		assertThat(codec.isReady(MessageType.of(Computed.class), MessageSchema.of(Computed.class).fingerprint()))
			.isTrue();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeIsReadyOnceItWasSentOrReceived(PayloadCodec codec) {
		byte[] encoded = codec.encode(new Used(1), Arrays::copyOf);
		assertThat(codec.isReady(new Used(1))).isTrue();
		assertThat(codec.isReady(MessageType.of(Used.class), 0)).isFalse();
		codec.decode(MessageType.of(Used.class), encoded);
		assertThat(codec.isReady(MessageType.of(Used.class), 0)).isTrue();
	}

	@Test
	void askingForADeclarationComputesNone() {
		SenderDeclaration sender = new SenderDeclaration(1, "other{}");
		assertThat(sender.isChecked(MessageType.of(Never.class))).isFalse();
		assertThat(MessageSchema.known(Never.class)).isNull();
	}

	@Test
	void declarationsWithinTheProcessAreComparedOncePerConnection() {
		LocalEncoder encoder = new LocalEncoder(new ForyCodec());
		MessageType<Newer> newer = MessageType.of(Newer.class);
		EncodedPayload first = encoder.encode(new Older(1), 1000);
		assertThat(first.isReady(newer)).isFalse();
		assertThat(first.decode(newer)).isEqualTo(new Newer(1, null));
		assertThat(encoder.encode(new Older(2), 1000).isReady(newer)).isTrue();
		assertThat(new LocalEncoder(new ForyCodec()).encode(new Older(1), 1000).isReady(newer)).isFalse();
	}

	record Prepared(int number) {
	}

	record Used(int number) {
	}

	record Computed(Operation operation) {
	}

	enum Operation {

		NEGATE {
			@Override
			int apply(int number) {
				return -number;
			}
		};

		abstract int apply(int number);

	}

	record Never(int number) {
	}

	@Message("io.adaptive.wire.ready")
	record Older(int number) {
	}

	@Message("io.adaptive.wire.ready")
	record Newer(int number, List<String> added) {
	}

}
