package io.adaptive.message;

import io.adaptive.annotation.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MessageTypeTests {

	@Test
	void aMessageIsCalledLikeItsClassOrAsItsAnnotationSays() {
		assertThat(MessageType.of(Plain.class).name()).isEqualTo(Plain.class.getName());
		assertThat(MessageType.of(Renamed.class).name()).isEqualTo("renamed");
		assertThat(MessageType.of(Plain.class)).isSameAs(MessageType.of(Plain.class));
	}

	@Test
	void aSealedTypeAcceptsItsConcreteTypesAtAnyDepth() {
		MessageType<Shape> shape = MessageType.of(Shape.class);
		assertThat(shape.members()).containsExactlyInAnyOrder(Circle.class, Square.class, Renamed.class);
		assertThat(shape.member(Square.class.getName())).isEqualTo(Square.class);
		assertThat(shape.member("renamed")).isEqualTo(Renamed.class);
		assertThat(shape.member(Renamed.class.getName())).isNull();
		assertThat(shape.member(Shape.class.getName())).isNull();
	}

	@Test
	void aTypeThatNoObjectCanHaveAcceptsNothing() {
		assertThat(MessageType.of(Runnable.class).members()).isEmpty();
		assertThat(MessageType.of(Number.class).members()).isEmpty();
	}

	@Test
	void twoTypesOfOneNameCannotBeToldApart() {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageType.of(Twin.class))
			.withMessageContaining(First.class.getName())
			.withMessageContaining(Second.class.getName())
			.withMessageContaining("twin");
	}

	@ParameterizedTest
	@ValueSource(classes = { Nameless.class, Dotted.class })
	void aNameThatCannotTravelIsRefused(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageType.of(type))
			.withMessageContaining(type.getName());
	}

	record Plain() {
	}

	@Message("renamed")
	record Renamed() implements Angular {
	}

	sealed interface Shape {

	}

	record Circle() implements Shape {
	}

	sealed interface Angular extends Shape {

	}

	record Square() implements Angular {
	}

	sealed interface Twin {

	}

	@Message("twin")
	record First() implements Twin {
	}

	@Message("twin")
	record Second() implements Twin {
	}

	@Message("")
	record Nameless() {
	}

	@Message("dotted.")
	record Dotted() {
	}

}
