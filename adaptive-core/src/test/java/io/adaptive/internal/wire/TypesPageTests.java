package io.adaptive.internal.wire;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.fixture.SameValue;
import io.adaptive.fixture.SampleValues;
import io.adaptive.message.MessageCodecException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of types on its page says what the codecs do.
 */
class TypesPageTests {

	private static final Path PAGE = Path.of("..", "docs", "types.md");

	private static final List<PayloadCodec> CODECS = List.of(new ForyCodec(RegisteredTypes.NONE, (work) -> {
	}), JacksonCodec.json(), CborCodec.create(RegisteredTypes.NONE));

	/**
	 * Finds which codecs carry a component of each type, by the declared type.
	 */
	private static Map<String, Set<String>> carried() {
		Map<String, Set<String>> carried = new TreeMap<>();
		for (Object value : records().toList()) {
			Map<String, Boolean> types = new LinkedHashMap<>();
			for (RecordComponent component : value.getClass().getRecordComponents()) {
				Class<?> type = component.getType();
				if (JdkValues.isOfTheJdk(type) && type != Object.class) {
					types.put(type.getName(), valueOf(component, value) != null);
				}
			}
			types.forEach((type, present) -> carried.computeIfAbsent(type, (key) -> new LinkedHashSet<>()));
			for (PayloadCodec codec : CODECS) {
				if (comesBack(codec, value)) {
					types.forEach((type, present) -> {
						if (present) {
							carried.get(type).add(codec.name());
						}
					});
				}
			}
		}
		return carried;
	}

	private static @Nullable Object valueOf(RecordComponent component, Object value) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(value);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean comesBack(PayloadCodec codec, Object value) {
		try {
			return SameValue.test(value, codec.decode(value.getClass(), codec.encode(value, Arrays::copyOf)));
		}
		catch (MessageCodecException ex) {
			return false;
		}
	}

	private static String table() throws ReflectiveOperationException {
		StringBuilder table = new StringBuilder(
				"| type | fory | json | cbor | form in JSON | behind `Object` |\n| --- | --- | --- | --- | --- | --- |\n");
		Map<String, String> forms = forms();
		Map<Class<?>, Set<String>> open = behindObject();
		for (Map.Entry<String, Set<String>> row : carried().entrySet()) {
			table.append("| `").append(row.getKey()).append("` |");
			CODECS.forEach((codec) -> table.append(row.getValue().contains(codec.name()) ? " yes |" : " refused |"));
			table.append(' ').append(forms.getOrDefault(row.getKey(), "")).append(" | ");
			Class<?> type = Class.forName(row.getKey());
			Set<String> codecs = open.entrySet()
				.stream()
				.filter((each) -> type.isAssignableFrom(each.getKey()))
				.flatMap((each) -> each.getValue().stream())
				.collect(Collectors.toCollection(TreeSet::new));
			table.append(
					(codecs.size() == CODECS.size()) ? "yes" : codecs.isEmpty() ? "refused" : String.join(", ", codecs))
				.append(" |\n");
		}
		return table.toString();
	}

	/**
	 * Finds which codecs carry the values of all components behind {@code Object}, by
	 * class.
	 */
	private static Map<Class<?>, Set<String>> behindObject() {
		Map<Class<?>, Set<String>> codecs = new LinkedHashMap<>();
		records().forEach((message) -> {
			for (RecordComponent component : message.getClass().getRecordComponents()) {
				Object value = valueOf(component, message);
				if (value != null) {
					Set<String> of = codecs.computeIfAbsent(value.getClass(), (key) -> new LinkedHashSet<>());
					CODECS.stream()
						.filter((codec) -> comesBack(codec, new SampleValues.Any(value)))
						.forEach((codec) -> of.add(codec.name()));
				}
			}
		});
		return codecs;
	}

	private static Map<String, String> forms() {
		PayloadCodec json = CODECS.get(1);
		Map<String, String> forms = new LinkedHashMap<>();
		records().filter((message) -> comesBack(json, message)).forEach((message) -> {
			byte[] encoded = json.encode(message, Arrays::copyOf);
			JsonNode tree = JsonMapper.shared().readTree(encoded);
			for (RecordComponent component : message.getClass().getRecordComponents()) {
				JsonNode node = tree.get(component.getName());
				if (valueOf(component, message) != null) {
					forms.putIfAbsent(component.getType().getName(),
							OpenTypes.isOpen(component.getType()) ? "that of its value" : form(node));
				}
			}
		});
		return forms;
	}

	private static String form(JsonNode node) {
		return node.isString() ? "text" : node.isContainer() ? node.isArray() ? "array" : "object"
				: node.getNodeType().name().toLowerCase(Locale.ROOT);
	}

	private static Stream<Object> records() {
		return SampleValues.all().filter(Record.class::isInstance);
	}

	@Test
	void thePageHasTheTypesOfTheCodeAndNoOthers() {
		Set<String> code = ComponentTypes.all()
			.filter((type) -> !type.isArray() && type != Object.class && !type.isEnum())
			.map(Class::getName)
			.collect(Collectors.toSet());
		Set<String> page = carried().keySet();
		assertThat(page).containsAll(code);
		for (String name : page) {
			for (PayloadCodec codec : CODECS) {
				Class<?> type = classOf(name);
				assertThat(carried().get(name).contains(codec.name())).as("%s, %s", name, codec.name())
					.isEqualTo(ComponentTypes.isCarried(type, !codec.name().equals("fory")));
			}
		}
	}

	private static Class<?> classOf(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * With {@code -Dadaptive.docs.write=true} the table is written anew.
	 */
	@Test
	void theTableSaysWhatTheCodecsCarry() throws IOException, ReflectiveOperationException {
		String page = Files.readString(PAGE);
		int from = page.indexOf('\n', page.indexOf("<!-- table")) + 1;
		int to = page.indexOf("<!-- end -->");
		String written = page.substring(0, from) + table() + page.substring(to);
		if (Boolean.getBoolean("adaptive.docs.write")) {
			Files.writeString(PAGE, written);
		}
		assertThat(Files.readString(PAGE)).as("docs/types.md; -Dadaptive.docs.write=true writes the table")
			.isEqualTo(written);
	}

}
