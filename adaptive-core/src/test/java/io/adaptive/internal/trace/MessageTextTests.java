package io.adaptive.internal.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.annotation.Sensitive;
import io.adaptive.message.Priority;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MessageText}.
 */
class MessageTextTests {

	@Test
	void aRecordLooksAsItPrintsItself() {
		Person person = new Person("Ada", 36, new Address("Main Street", List.of(1, 2)));
		assertThat(MessageText.of(person)).isEqualTo(person.toString());
	}

	@Test
	void valuesOfJavaAreWrittenOut() {
		UUID id = new UUID(1, 2);
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("a", Optional.of(1));
		map.put("b", Priority.HIGH);
		assertThat(MessageText.of(new Values(id, Duration.ofSeconds(3), map, new int[] { 1, 2 }, new byte[3], null)))
			.isEqualTo("Values[id=%s, time=PT3S, map={a=1, b=HIGH}, numbers=[1, 2], bytes=byte[3], none=null]"
				.formatted(id));
		assertThat(MessageText.of("text")).isEqualTo("text");
	}

	@Test
	void aClassThatIsNoRecordIsShownByItsFields() {
		assertThat(MessageText.of(new Derived())).isEqualTo("Derived[inherited=1, own=two]");
	}

	@Test
	void sensitivePartsAreMaskedAtAnyDepth() {
		Login login = new Login("ada", "secret", new Password("secret"), List.of(new Password("secret")),
				Map.of("key", new Card("secret", "Visa")), Optional.of(new Stealthy("secret")));
		assertThat(MessageText.of(login)).isEqualTo(
				"Login[user=ada, word=***, typed=***, old=[***], cards={key=Card[number=***, brand=Visa]}, more=***]");
		assertThat(MessageText.of(new Password("secret"))).isEqualTo("***");
		assertThat(MessageText.of(new Fields())).isEqualTo("Fields[word=***, name=x]");
	}

	@Test
	void noTextOfTheUsersIsTrusted() {
		assertThat(MessageText.of(new Talkative("secret"))).isEqualTo("Talkative[word=***]");
		assertThat(MessageText.of(new Holder(new AtomicReference<>(new Talkative("secret")))))
			.isEqualTo("Holder[reference=AtomicReference]");
	}

	@Test
	void aPartThatCannotBeReadIsNamed() {
		assertThat(MessageText.of(new Broken("x"))).isEqualTo("Broken[name=(IllegalStateException)]");
		List<Integer> changing = new ArrayList<>(List.of(1)) {

			private static final long serialVersionUID = 1L;

			@Override
			public int size() {
				throw new IllegalStateException();
			}

		};
		assertThat(MessageText.of(new Address("x", Collections.unmodifiableList(changing))))
			.isEqualTo("Address[street=x, numbers=(IllegalStateException)]");
	}

	@Test
	void textIsLimitedInEveryDirection() {
		assertThat(MessageText.of("x".repeat(5000))).hasSize(1024).endsWith("x\u2026");
		assertThat(MessageText.of(Collections.nCopies(1_000_000, 1))).startsWith("[1, 1").endsWith("999980 more]");
		assertThat(MessageText.of(Collections.nCopies(10, "y".repeat(500)))).hasSize(1024);
		Nested nested = new Nested(null);
		for (int i = 0; i < 1000; i++) {
			nested = new Nested(nested);
		}
		assertThat(MessageText.of(nested)).isEqualTo("Nested[next=".repeat(6) + "\u2026" + "]".repeat(6));
		List<Object> itself = new ArrayList<>();
		itself.add(itself);
		assertThat(MessageText.of(itself)).hasSizeLessThan(100);
	}

	@Test
	void whatATerminalWouldObeyIsShownByItsNumber() {
		assertThat(MessageText.of(new Address("a\u001b[31m\nb\u202e", List.of())))
			.isEqualTo("Address[street=a\\u001b[31m\\u000ab\\u202e, numbers=[]]");
		assertThat(Printable.limited("\ud83d\ude00".repeat(10), 6)).isEqualTo("\ud83d\ude00\ud83d\ude00\u2026");
	}

	record Person(String name, int age, Address address) {
	}

	record Address(String street, List<Integer> numbers) {
	}

	record Values(UUID id, Duration time, Map<String, Object> map, int[] numbers, byte[] bytes, Object none) {
	}

	record Login(String user, @Sensitive String word, Password typed, List<Password> old, Map<String, Card> cards,
			Optional<Secret> more) {
	}

	@Sensitive
	record Password(String word) {
	}

	record Card(@Sensitive String number, String brand) {
	}

	@Sensitive
	interface Secret {

	}

	record Stealthy(String word) implements Secret {
	}

	static class Fields {

		@Sensitive
		private final String word = "secret";

		private final String name = "x";

		static final String IGNORED = "";

		@Override
		public String toString() {
			return this.word + this.name;
		}

	}

	static class Base {

		private final int inherited = 1;

		int inherited() {
			return this.inherited;
		}

	}

	static class Derived extends Base {

		private final String own = "two";

		String own() {
			return this.own;
		}

	}

	record Talkative(@Sensitive String word) {

		@Override
		public String toString() {
			return this.word;
		}

	}

	record Holder(AtomicReference<Talkative> reference) {
	}

	record Broken(String name) {

		@Override
		public String name() {
			throw new IllegalStateException("not now");
		}

	}

	record Nested(Nested next) {
	}

}
