package io.adaptive.internal.wire;

import java.io.File;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A JDK type whose values every codec writes as a text. A value whose text would be read
 * as another one is refused at its sender. Reading a text opens nothing and looks no name
 * up.
 *
 * @param <T> the type
 * @param type the type, which may be abstract
 * @param text writes a value; throws {@link IllegalArgumentException} for one without a
 * text
 * @param parser reads a text; throws {@link IllegalArgumentException} for any other
 * @param same whether the value that was read equals the one that was written
 * @param concrete a class of such values, which stands for all
 */
record TextValue<T>(Class<T> type, Function<T, String> text, Function<String, T> parser, BiPredicate<T, T> same,
		Class<?> concrete) {

	/** The types of the table. */
	static final List<TextValue<?>> ALL = List.of(
			of(MathContext.class, MathContext::toString, MathContext::new, MathContext.class),
			of(File.class, File::getPath, File::new, File.class),
			of(Path.class, Path::toString, Path::of, Path.of("").getClass()),
			of(Charset.class, Charset::name, Charset::forName, StandardCharsets.UTF_8.getClass()),
			new TextValue<>(URL.class, URL::toExternalForm, UrlText::parse, UrlText::areSame, URL.class),
			new TextValue<>(InetAddress.class, AddressText::of, AddressText::parse, AddressText::areSame,
					Inet4Address.class),
			of(TimeZone.class, TimeZone::getID, CalendarText::zone, TimeZone.getTimeZone("UTC").getClass()),
			of(Calendar.class, CalendarText::of, CalendarText::parse, GregorianCalendar.class));

	/** Concrete classes of the JDK's API. */
	private static final List<Class<?>> CONCRETE = List.of(MathContext.class, File.class, URL.class, Inet4Address.class,
			Inet6Address.class, GregorianCalendar.class);

	private static <T> TextValue<T> of(Class<T> type, Function<T, String> text, Function<String, T> parser,
			Class<?> concrete) {
		return new TextValue<>(type, text, parser, Object::equals, concrete);
	}

	/**
	 * Finds the type of the table that stands for the objects of a class of the JDK.
	 * @return the type, {@code null} if there is none
	 */
	static @Nullable TextValue<?> of(Class<?> valueClass) {
		for (TextValue<?> each : ALL) {
			if (each.type.isAssignableFrom(valueClass)) {
				ClassLoader loader = valueClass.getClassLoader();
				return (loader == null || loader == ClassLoader.getPlatformClassLoader()) ? each : null;
			}
		}
		return null;
	}

	/**
	 * Returns the classes that a message may declare: the types, and what they have of
	 * concrete classes in the JDK's API.
	 */
	static Stream<Class<?>> declarable() {
		return Stream.concat(ALL.stream().map(TextValue::type), CONCRETE.stream()).distinct();
	}

	/**
	 * Returns the classes of values, and the abstract ones that are declared, by the
	 * names that they are written with.
	 */
	static Map<String, Class<?>> written() {
		Map<String, Class<?>> written = new LinkedHashMap<>();
		declarable().forEach((each) -> written.put(each.getName(), each));
		ALL.stream()
			.filter((each) -> !written.containsValue(each.concrete))
			.forEach((each) -> written.put(each.type.getName() + "#text", each.concrete));
		return written;
	}

	/**
	 * Writes a value.
	 * @throws IllegalArgumentException if its text would be read as another value
	 */
	String textOf(Object value) {
		T typed = this.type.cast(value);
		String written = this.text.apply(typed);
		if (!this.same.test(typed, this.parser.apply(written))) {
			throw new IllegalArgumentException("the text %s says not all of it".formatted(written));
		}
		return written;
	}

	/**
	 * Reads a value of a class.
	 * @throws IllegalArgumentException if the text is of no such value
	 */
	<S> S parse(String written, Class<S> wanted) {
		T value = this.parser.apply(written);
		if (!wanted.isInstance(value)) {
			throw new IllegalArgumentException("%s is no %s".formatted(written, wanted.getName()));
		}
		return wanted.cast(value);
	}

	/**
	 * Tells why a value has no text.
	 * @return the reason in words, {@code null} if it has one
	 */
	@Nullable String obstacle(Object value) {
		try {
			textOf(value);
			return null;
		}
		catch (RuntimeException ex) {
			return "is of %s and cannot be sent as a text (%s); convert it to another type of the table of types"
				.formatted(value.getClass().getName(), ex.getMessage());
		}
	}

}
