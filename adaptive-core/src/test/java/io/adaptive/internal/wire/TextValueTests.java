package io.adaptive.internal.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Calendar;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.adaptive.fixture.ComponentValues;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Values of the JDK that travel as texts, and types of the JDK that do not travel.
 */
class TextValueTests {

	static Stream<PayloadCodec> codecs() {
		return Stream.of("fory", "json", "cbor").map((name) -> Codecs.available(name).preferred());
	}

	private static byte[] encode(PayloadCodec codec, Object message) {
		return codec.encode(message, Arrays::copyOf);
	}

	private static URL url(String text) throws MalformedURLException {
		return URI.create(text).toURL();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aUrlThatWasReadLooksNoHostUp(PayloadCodec codec) {
		Set<URL> sent = Set.of(UrlText.parse("http://localhost/"), UrlText.parse("http://nobody.invalid/"));
		Set<URL> back = codec.decode(Urls.class, encode(codec, new Urls(sent))).value();
		// By itself, one of the two names of this machine would do.
		assertThat(back).contains(UrlText.parse("http://localhost/"), UrlText.parse("http://nobody.invalid/"))
			.doesNotContain(UrlText.parse("http://127.0.0.1/"));
		assertThat(back).allSatisfy((each) -> assertThat(each.hashCode()).isEqualTo(each.toString().hashCode()));
		assertThat(back).extracting(URL::getDefaultPort).containsOnly(80);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://h/a", "mailto:a@b", "jar:http://h/a.jar!/b", "jar:file://h/a.jar!/b", "jar:file:/a",
			"file://h/a", "evil:x", "", "http" })
	void aUrlThatWouldLoadAHandlerOrLookAHostUpIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> UrlText.parse(text))
			.withMessageContaining("is no URL of");
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> JacksonCodec.json()
			.decode(ComponentValues.OfUrl.class,
					"{\"value\":\"%s\"}".formatted(text).getBytes(StandardCharsets.UTF_8)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost/", "localhost/localhost", "::1%lo", "[::1]", "1.2.3", "", "/" })
	void aNameIsNeverLookedUp(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressText.parse(text));
	}

	@Test
	void anAddressKeepsItsNameAndItsFamily() throws UnknownHostException {
		assertThat(AddressText.parse("a.invalid/192.0.2.1")).hasToString("a.invalid/192.0.2.1");
		InetAddress mapped = Inet6Address.getByAddress(null,
				new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 1, 2, 3, 4 }, -1);
		assertThat(AddressText.parse(AddressText.of(mapped))).isInstanceOf(Inet6Address.class).isEqualTo(mapped);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z;Nowhere;2;4;true;1582-10-15T00:00:00Z",
			"x;UTC;2;4;true;1582-10-15T00:00:00Z", "+1000000000-01-01T00:00:00Z;UTC;2;4;true;1582-10-15T00:00:00Z" })
	void aTextThatIsNoCalendarIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> CalendarText.parse(text));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aValueThatATextWouldChangeIsRefusedAtItsSender(PayloadCodec codec) throws Exception {
		Properties defaults = new Properties();
		defaults.setProperty("a", "b");
		Calendar buddhist = Calendar.getInstance(TimeZone.getTimeZone("UTC"),
				Locale.forLanguageTag("th-TH-u-ca-buddhist"));
		for (Object value : List.of(new ComponentValues.OfZone(new SimpleTimeZone(5, "x")),
				new ComponentValues.OfZone(new SimpleTimeZone(5, "UTC")), new ComponentValues.OfUrl(url("ftp://h/a")),
				new ComponentValues.OfCalendar(buddhist, null),
				new ComponentValues.OfProperties(new Properties(defaults)),
				new ComponentValues.OfAddress(Inet6Address.getByAddress(null, new byte[16], 3), null, null))) {
			assertThatExceptionOfType(MessageCodecException.class).as("%s", value)
				.isThrownBy(() -> encode(codec, value))
				.withMessageContaining("component value ")
				.withMessageContaining(";")
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		}
	}

	/**
	 * A pattern of a peer takes as long to compile as the peer likes, and a class is
	 * loaded.
	 */
	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeOutsideOfTheTableIsRefusedAtBothEndsAndAtTheStart(PayloadCodec codec) {
		for (Object value : List.of(new OfPattern(Pattern.compile("a")), new OfReference(new AtomicReference<>("a")),
				new OfClass(String.class), new OfIdentities(new IdentityHashMap<>(Map.of("a", 1))),
				new OfRandom(new java.util.Random(1)))) {
			assertThatExceptionOfType(MessageCodecException.class).as("%s", value)
				.isThrownBy(() -> encode(codec, value))
				.withMessageContaining("component value")
				.withMessageContaining("; convert it");
			assertThat(EncodingObstacle.of(value.getClass(), RegisteredTypes.NONE, codec.name()).orElseThrow())
				.contains("value in " + value.getClass().getName(), "not in the table of types; convert it");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void aReceiverMakesNothingOfATypeOutsideOfTheTable(String name) {
		PayloadCodec codec = Codecs.available(name).preferred();
		byte[] encoded = encode(codec, new OfText("java.lang.String"));
		for (Class<?> type : List.of(OfPattern.class, OfClass.class)) {
			assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> codec.decode(type, encoded))
				.withMessageContaining("is not in the table of types");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void aCollectionWhoseContentOrOrderWouldChangeIsRefused(String name) {
		Map<String, Integer> identities = new IdentityHashMap<>(Map.of("a", 1));
		Set<String> twice = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
		twice.add(new String("a"));
		twice.add(new String("a"));
		for (Object value : List.of(new OfMap(identities), new OfQueue(new PriorityQueue<>(List.of(3, 1, 2))),
				new OfSet(twice))) {
			assertThatExceptionOfType(MessageCodecException.class).as("%s", value)
				.isThrownBy(() -> encode(Codecs.available(name).preferred(), value))
				.withMessageContaining("component value is of ")
				.withMessageContaining("which a copy would change; convert it");
		}
	}

	@Test
	void theStartNamesAnElementOutsideOfTheTable() {
		assertThat(EncodingObstacle.of(OfList.class).orElseThrow()).contains("value in " + OfList.class.getName(),
				"java.util.regex.Pattern");
		assertThat(EncodingObstacle.of(OfPath.class)).isEmpty();
	}

	record Urls(Set<URL> value) {
	}

	record OfPath(Path value, Map.Entry<String, Path> entry) {
	}

	record OfPattern(Pattern value) {
	}

	record OfReference(AtomicReference<String> value) {
	}

	record OfClass(@Nullable Class<?> value) {
	}

	record OfIdentities(IdentityHashMap<String, Integer> value) {
	}

	record OfRandom(java.util.Random value) {
	}

	record OfText(String value) {
	}

	record OfMap(Map<String, Integer> value) {
	}

	record OfQueue(Queue<Integer> value) {
	}

	record OfSet(Set<String> value) {
	}

	record OfList(List<? extends Pattern> value) {
	}

}
