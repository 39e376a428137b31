package io.adaptive.internal.wire;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.adaptive.fixture.SameValue;
import io.adaptive.fixture.SampleValues;
import io.adaptive.message.MessageCodecException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of types on its page says what the codecs do.
 */
class TypesPageTests {

	private static final Path PAGE = Path.of("..", "docs", "types.md");

	private static final List<PayloadCodec> CODECS = List.of(new ForyCodec(), JacksonCodec.json(),
			CborCodec.create(RegisteredTypes.NONE));

	/**
	 * Finds which codecs carry a component of each type, by the declared type.
	 */
	private static Map<String, Set<String>> carried() {
		Map<String, Set<String>> carried = new TreeMap<>();
		for (Object value : SampleValues.all().filter(Record.class::isInstance).toList()) {
			Map<String, Boolean> types = new LinkedHashMap<>();
			for (RecordComponent component : value.getClass().getRecordComponents()) {
				Class<?> type = component.getType();
				if (JdkValues.isOfTheJdk(type) && type != Object.class) {
					types.put(type.getName(), isPresent(component, value));
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

	private static boolean isPresent(RecordComponent component, Object value) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(value) != null;
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

	private static String table() throws ClassNotFoundException {
		StringBuilder table = new StringBuilder(
				"| type | fory | json | cbor | behind `Object` |\n| --- | --- | --- | --- | --- |\n");
		for (Map.Entry<String, Set<String>> row : carried().entrySet()) {
			table.append("| `").append(row.getKey()).append("` |");
			CODECS.forEach((codec) -> table.append(row.getValue().contains(codec.name()) ? " yes |" : " refused |"));
			Class<?> type = Class.forName(row.getKey());
			boolean open = JdkValues.typeOf(type) != null || PlainCollections.kindOf(type) != null;
			table.append(open ? " yes |\n" : " refused |\n");
		}
		return table.toString();
	}

	/**
	 * With {@code -Dadaptive.docs.write=true} the table is written anew.
	 */
	@Test
	void theTableSaysWhatTheCodecsCarry() throws IOException, ClassNotFoundException {
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
