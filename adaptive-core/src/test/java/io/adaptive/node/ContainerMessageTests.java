package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageType;
import io.adaptive.message.Scope;
import io.adaptive.message.TypeReference;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Collections, arrays, boxes, texts and enums as whole messages.
 */
class ContainerMessageTests {

	private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {
	};

	private static final TypeReference<Map<String, List<Shape>>> SHAPES = new TypeReference<>() {
	};

	private static final String BY_REFERENCE = "by reference";

	@TempDir
	Path directory;

	static Stream<Arguments> links() {
		return Stream.concat(Stream.of(Arguments.of(Scope.PROCESS, BY_REFERENCE)), codedLinks());
	}

	static Stream<Arguments> codedLinks() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of("fory", "json", "cbor").map((codec) -> Arguments.of(scope, codec)));
	}

	private TwoNodes nodes(Scope scope, String codec) {
		boolean copied = !codec.equals(BY_REFERENCE);
		return new TwoNodes(scope, this.directory,
				(builder) -> builder.codec(copied ? codec : "fory").copyInProcess(copied).warmUpAtOnce(false));
	}

	private static Service service() {
		return Service.named("test", "containers")
			.handle(ITEMS.messageType(), (List<Item> items) -> items.stream().map(Item::next).toList())
			.handle(SHAPES.messageType(), (Map<String, List<Shape>> shapes) -> shapes)
			.handle(Item[].class, (Item[] items) -> new Item[] { items[0].next() })
			.handle(byte[].class, (byte[] bytes) -> new byte[] { bytes[0], 7 })
			.handle(String.class, (String text) -> text + "!")
			.handle(Integer.class, (Integer number) -> number + 1)
			.handle(Op.class, (Op op) -> op.opposite())
			.handle(Ask.class, (ask) -> switch (ask.what()) {
				case "uuids" -> List.of(new UUID(1, 2), new UUID(3, 4));
				case "texts" -> new String[] { "a", null };
				case "set" -> new LinkedHashSet<>(List.of(3L, 1L, 2L));
				case "none" -> List.of();
				case "wrong" -> List.of("text");
				default -> 5L;
			});
	}

	@ParameterizedTest
	@MethodSource("links")
	void whatCanBeSentCanBeHandledAndReturned(Scope scope, String codec) {
		try (TwoNodes nodes = nodes(scope, codec)) {
			Connection connection = nodes.connect(service());
			connection.setReceiveTimeout(Duration.ofSeconds(30));
			assertThat(connection.sendRecv(List.of(new Item("a", 1), new Item("b", 2)), ITEMS))
				.containsExactly(new Item("a", 2), new Item("b", 3));
			Map<String, List<Shape>> shapes = Map.of("s", List.of(new Circle(1), new Square(2)));
			assertThat(connection.sendRecv(shapes, SHAPES)).isEqualTo(shapes);
			assertThat(connection.sendRecv(new Item[] { new Item("a", 1) }, Item[].class))
				.containsExactly(new Item("a", 2));
			assertThat(connection.sendRecv(new byte[] { 5 }, byte[].class)).containsExactly(5, 7);
			assertThat(connection.sendRecv("text", String.class)).isEqualTo("text!");
			assertThat(connection.sendRecv(1, int.class)).isEqualTo(2);
			assertThat(connection.sendRecv(Op.ADD, Op.class)).isEqualTo(Op.SUBTRACT);
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void anAnswerIsReceivedByItsType(Scope scope, String codec) {
		try (TwoNodes nodes = nodes(scope, codec)) {
			Connection connection = nodes.connect(service());
			connection.setReceiveTimeout(Duration.ofSeconds(30));
			assertThat(connection.sendRecv(new Ask("uuids"), new TypeReference<List<UUID>>() {
			})).containsExactly(new UUID(1, 2), new UUID(3, 4));
			assertThat(connection.sendRecv(new Ask("uuids"), new TypeReference<ArrayList<UUID>>() {
			})).containsExactly(new UUID(1, 2), new UUID(3, 4));
			assertThat(connection.sendRecv(new Ask("texts"), String[].class)).containsExactly("a", null);
			assertThat(connection.sendRecv(new Ask("set"), new TypeReference<Set<Long>>() {
			})).containsExactly(3L, 1L, 2L);
			assertThat(connection.sendRecv(new Ask("none"), ITEMS)).isEmpty();
			assertThat(connection.sendRecv(new Ask("number"), long.class)).isEqualTo(5L);
			assertThat(connection.reactive().sendRecv(new Ask("none"), ITEMS).blockOptional(Duration.ofSeconds(30)))
				.isEqualTo(Optional.of(List.of()));
			assertThat(connection.async().sendRecv(new Ask("none"), ITEMS).join()).isEmpty();
		}
	}

	/**
	 * By reference, nothing looks into a list.
	 */
	@ParameterizedTest
	@MethodSource("codedLinks")
	void aListOfSomethingElseIsNoListOfThat(Scope scope, String codec) {
		try (TwoNodes nodes = nodes(scope, codec)) {
			Connection connection = nodes.connect(service());
			connection.setReceiveTimeout(Duration.ofSeconds(30));
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> connection.sendRecv(new Ask("wrong"), ITEMS))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL))
				.withMessageContaining("Item");
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void noMessageIsRefusedByTheNameOfTheParameter(Scope scope, String codec) {
		try (TwoNodes nodes = nodes(scope, codec)) {
			Connection connection = nodes.connect(service());
			assertThatIllegalArgumentException().isThrownBy(() -> connection.send(null))
				.withMessageContaining("send(message)");
			assertThatIllegalArgumentException().isThrownBy(() -> connection.sendRecv(null, Item.class))
				.withMessageContaining("sendRecv(request, replyType)");
			assertThat(connection.async().send(null)).isCompletedExceptionally();
		}
	}

	@Test
	void namesDoNotDependOnTheClassOfACollection() {
		assertThat(MessageType.of(ArrayList.class).name()).isEqualTo("java.util.List");
		assertThat(MessageType.of(List.of(1).getClass()).name()).isEqualTo("java.util.List");
		assertThat(MessageType.of(byte[].class).name()).isEqualTo("byte[]");
		assertThat(MessageType.of(Item[][].class).name()).isEqualTo(Item.class.getName() + "[][]");
		assertThat(MessageType.of(int.class)).isSameAs(MessageType.of(Integer.class));
	}

	record Ask(String what) {
	}

	record Item(String name, int count) {

		Item next() {
			return new Item(this.name, this.count + 1);
		}

	}

	sealed interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) implements Shape {
	}

	enum Op {

		ADD {
			@Override
			Op opposite() {
				return SUBTRACT;
			}
		},
		SUBTRACT {
			@Override
			Op opposite() {
				return ADD;
			}
		};

		abstract Op opposite();

	}

}
