package io.adaptive.internal.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

import io.adaptive.message.MessageType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The first messages of a type do not wait for generated code.
 */
class FirstMessagesTests {

	private static final MessageType<Ask> ASK = MessageType.of(Ask.class);

	private static final long FINGERPRINT = MessageSchema.of(Ask.class).fingerprint();

	/** What the codec wants done in the background. */
	private final Queue<Runnable> background = new ArrayDeque<>();

	private final ForyCodec codec = new ForyCodec(RegisteredTypes.NONE, this.background::add);

	@Test
	void aTypeOfFewMessagesNeverGetsCode() {
		for (int i = 1; i < ForyPool.INTERPRETED_MESSAGES; i++) {
			encode(new Ask(i, "a", List.of("b")));
		}
		assertThat(this.background).isEmpty();
	}

	@Test
	void codeIsGeneratedOnceForATypeThatIsUsedFurther() {
		List<byte[]> all = new ArrayList<>();
		for (int i = 0; i < 5 * ForyPool.INTERPRETED_MESSAGES; i++) {
			all.add(encode(new Ask(7, "a", List.of("b"))));
			assertThat(this.codec.decode(ASK, FINGERPRINT, all.get(i))).isEqualTo(new Ask(7, "a", List.of("b")));
		}
		assertThat(this.background).hasSize(1);
		this.background.remove().run();
		for (int i = 0; i < 5 * ForyPool.INTERPRETED_MESSAGES; i++) {
			all.add(encode(new Ask(7, "a", List.of("b"))));
			assertThat(this.codec.decode(ASK, FINGERPRINT, all.get(i))).isEqualTo(new Ask(7, "a", List.of("b")));
		}
		assertThat(this.background).isEmpty();
		assertThat(all).allSatisfy((each) -> assertThat(each).isEqualTo(all.get(0)));
	}

	@Test
	void anInterpretedTypeIsReadyOnceItWasUsedAndStaysReadyWithCode() {
		assertThat(this.codec.isReady(new Ask(1, "a", List.of()))).isFalse();
		byte[] encoded = encode(new Ask(1, "a", List.of()));
		assertThat(this.codec.isReady(new Ask(1, "a", List.of()))).isTrue();
		assertThat(this.codec.isReady(ASK, FINGERPRINT)).isFalse();
		this.codec.decode(ASK, FINGERPRINT, encoded);
		assertThat(this.codec.isReady(ASK, FINGERPRINT)).isTrue();
		this.codec.warmUp(Ask.class);
		assertThat(this.codec.isReady(new Ask(1, "a", List.of()))).isTrue();
		assertThat(this.codec.isReady(ASK, FINGERPRINT)).isTrue();
	}

	/**
	 * What interprets it serves an event loop once more. Code for it is made by a worker.
	 */
	@Test
	void aDeclarationThatWasOnlyInterpretedIsNotReadyWithCode() {
		long other = 5;
		byte[] encoded = encode(new Ask(1, "a", List.of()));
		this.codec.decode(ASK, other, encoded);
		assertThat(this.codec.isReady(ASK, other)).isTrue();
		this.codec.warmUp(Ask.class);
		assertThat(this.codec.isReady(ASK, other)).isTrue();
		ReadyTypesTests.EventLoop.allocatedBy(() -> this.codec.decode(ASK, other, encoded));
		assertThat(this.codec.isReady(ASK, other)).isFalse();
		this.codec.decode(ASK, other, encoded);
		assertThat(this.codec.isReady(ASK, other)).isTrue();
	}

	@Test
	void aTypeThatWasPreparedNeedsNothingMore() {
		this.codec.warmUp(Ask.class);
		for (int i = 0; i < 5 * ForyPool.INTERPRETED_MESSAGES; i++) {
			encode(new Ask(i, "a", List.of("b")));
		}
		assertThat(this.background).isEmpty();
	}

	@Test
	void containersGetCodeAsWell() {
		List<Ask> asks = List.of(new Ask(1, "a", List.of("b")));
		byte[] encoded = encode(asks);
		for (int i = 1; i < ForyPool.INTERPRETED_MESSAGES; i++) {
			assertThat(encode(asks)).isEqualTo(encoded);
		}
		assertThat(this.background).hasSize(1);
		this.background.remove().run();
		assertThat(encode(asks)).isEqualTo(encoded);
	}

	@Test
	void aTypeThatCannotHaveCodeIsInterpretedOn() {
		DeepCollectionTests.Polygon deep = new DeepCollectionTests.Polygon(List.of(List.of(List.of(1.0))));
		for (int i = 0; i < 5 * ForyPool.INTERPRETED_MESSAGES; i++) {
			encode(deep);
		}
		assertThat(this.background).isEmpty();
		this.codec.warmUp(deep.getClass());
		assertThat(this.codec.decode(deep.getClass(), encode(deep))).isEqualTo(deep);
	}

	@Test
	void aMessageThatCannotBeEncodedIsRefusedAsWithCode() {
		for (int i = 0; i < 5 * ForyPool.INTERPRETED_MESSAGES; i++) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> encode(new Holder(new Secret(1))))
				.withMessageContaining(Secret.class.getName());
		}
		assertThat(this.background).isEmpty();
	}

	private byte[] encode(Object message) {
		return this.codec.encode(message, Arrays::copyOf);
	}

	record Ask(int number, String text, List<String> tags) {
	}

	record Holder(Object content) {
	}

	record Secret(int number) {
	}

}
