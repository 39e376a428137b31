package io.adaptive.test;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Collator;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The modules on the class path of this one, which are all that applications run, depend
 * on no default of the platform: character set, locale, time zone.
 */
class PlatformDefaultsTests {

	private static final String CONSTRUCTOR = "<init>";

	/** Methods that take a default unless a parameter says otherwise. */
	private static final Map<Class<?>, Set<String>> DEFAULTING = Map.ofEntries(
			Map.entry(String.class, Set.of(CONSTRUCTOR, "getBytes", "toLowerCase", "toUpperCase", "format")),
			Map.entry(ByteArrayOutputStream.class, Set.of("toString")),
			Map.entry(InputStreamReader.class, Set.of(CONSTRUCTOR)),
			Map.entry(OutputStreamWriter.class, Set.of(CONSTRUCTOR)), Map.entry(FileReader.class, Set.of(CONSTRUCTOR)),
			Map.entry(FileWriter.class, Set.of(CONSTRUCTOR)),
			Map.entry(PrintStream.class, Set.of(CONSTRUCTOR, "printf", "format")),
			Map.entry(PrintWriter.class, Set.of(CONSTRUCTOR, "printf", "format")),
			Map.entry(Scanner.class, Set.of(CONSTRUCTOR)), Map.entry(Formatter.class, Set.of(CONSTRUCTOR)),
			Map.entry(Process.class, Set.of("inputReader", "errorReader", "outputWriter")),
			Map.entry(Charset.class, Set.of("defaultCharset")), Map.entry(Locale.class, Set.of("getDefault")),
			Map.entry(ZoneId.class, Set.of("systemDefault")), Map.entry(TimeZone.class, Set.of("getDefault")),
			Map.entry(Clock.class, Set.of("systemDefaultZone")), Map.entry(LocalDate.class, Set.of("now")),
			Map.entry(LocalTime.class, Set.of("now")), Map.entry(LocalDateTime.class, Set.of("now")),
			Map.entry(OffsetDateTime.class, Set.of("now")), Map.entry(ZonedDateTime.class, Set.of("now")),
			Map.entry(DateTimeFormatter.class,
					Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedTime", "ofLocalizedDateTime")),
			Map.entry(DateTimeFormatterBuilder.class, Set.of("toFormatter")),
			Map.entry(Calendar.class, Set.of("getInstance")), Map.entry(Date.class, Set.of("toString")),
			Map.entry(SimpleDateFormat.class, Set.of(CONSTRUCTOR)),
			Map.entry(DateFormat.class,
					Set.of("getInstance", "getDateInstance", "getTimeInstance", "getDateTimeInstance")),
			Map.entry(NumberFormat.class,
					Set.of("getInstance", "getNumberInstance", "getIntegerInstance", "getPercentInstance",
							"getCurrencyInstance", "getCompactNumberInstance")),
			Map.entry(DecimalFormat.class, Set.of(CONSTRUCTOR)), Map.entry(Collator.class, Set.of("getInstance")));

	/** A conversion in a text that formats by the locale. */
	private static final Pattern DEPENDS_ON_LOCALE = Pattern
		.compile("\"[^\"]*%(\\d+\\$)?[-#+ 0,(<]*\\d*(\\.\\d+)?[dfeEgGtTSaA]");

	/** A parameter of these types says what to take instead of the default. */
	private static final List<Class<?>> INSTEAD = List.of(Charset.class, Locale.class, ZoneId.class, Clock.class,
			TimeZone.class);

	/** Constructors of these types depend on a default only if they decode bytes. */
	private static final Set<Class<?>> READ_BYTES_OR_TEXT = Set.of(String.class, Scanner.class, PrintStream.class,
			PrintWriter.class);

	private static final Set<Class<?>> BYTES = Set.of(byte[].class, InputStream.class, OutputStream.class, File.class,
			Path.class, FileDescriptor.class);

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.adaptive");

	@Test
	void allMainModulesAreLookedAt() {
		assertThat(Stream.of("io.adaptive.internal.wire", "io.adaptive.boot.autoconfigure", "io.adaptive.spring.client",
				"io.adaptive.annotation", "io.adaptive.test"))
			.allMatch(MAIN::containPackage);
	}

	@Test
	void nothingDependsOnTheCharacterSetLocaleOrTimeZoneOfThePlatform() {
		classes().should(takeNoDefaultOfThePlatform())
			.because(
					"two programs have to understand each other wherever each of them runs; give StandardCharsets.UTF_8,"
							+ " Locale.ROOT or ZoneOffset.UTC")
			.check(MAIN);
	}

	/**
	 * {@code formatted} takes the default locale, in which numbers may have other digits.
	 */
	@Test
	void textsAreFormattedWithoutWhatDependsOnTheLocale() throws IOException {
		assertThat(textsThatDependOnTheLocale("adaptive-annotations", "adaptive-core",
				"adaptive-spring-boot-autoconfigure", "adaptive-test"))
			.as("conversions of numbers depend on the locale")
			.isEmpty();
		assertThat(DEPENDS_ON_LOCALE.asPredicate()).accepts("\"%d of %s\"", "\"%,.1f\"", "\"%tT\"", "\"%1$S\"")
			.rejects("\"%s\"", "\"%02x %04X\"", "\"100 %%\"", "\"%n\"");
	}

	private static List<String> textsThatDependOnTheLocale(String... modules) throws IOException {
		List<String> found = new ArrayList<>();
		for (String module : modules) {
			Path sources = Path.of("..", module, "src", "main", "java");
			try (Stream<Path> files = Files.walk(sources)) {
				for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
					Files.readAllLines(file)
						.stream()
						.filter(DEPENDS_ON_LOCALE.asPredicate())
						.forEach((line) -> found.add(file + ": " + line.strip()));
				}
			}
		}
		return found;
	}

	@Test
	void theRuleFindsEveryKindOfDefault() {
		JavaClasses faults = new ClassFileImporter().importClasses(Faults.class);
		String found = classes().should(takeNoDefaultOfThePlatform()).evaluate(faults).getFailureReport().toString();
		assertThat(found).contains("getBytes()", "<init>([B)", "toLowerCase()", "toUpperCase()", "format(",
				"InputStreamReader", "systemDefault()", "LocalDate.now()", "ofPattern(java.lang.String)",
				"getDefault()");
		assertThat(found).doesNotContain("java.util.Locale)", "java.nio.charset.Charset)", "<init>([C)");
	}

	private static ArchCondition<JavaClass> takeNoDefaultOfThePlatform() {
		return new ArchCondition<>("take no default of the platform") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				Stream.concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
					.filter((access) -> takesDefault((CodeUnitAccessTarget) access.getTarget()))
					.forEach((access) -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
			}
		};
	}

	private static boolean takesDefault(CodeUnitAccessTarget target) {
		List<JavaClass> parameters = target.getRawParameterTypes();
		return DEFAULTING.entrySet()
			.stream()
			.anyMatch((entry) -> target.getOwner().isEquivalentTo(entry.getKey())
					&& entry.getValue().contains(target.getName())
					&& INSTEAD.stream().noneMatch((type) -> isAmong(parameters, type))
					&& (!target.getName().equals(CONSTRUCTOR) || !READ_BYTES_OR_TEXT.contains(entry.getKey())
							|| BYTES.stream().anyMatch((type) -> isAmong(parameters, type))));
	}

	private static boolean isAmong(List<JavaClass> parameters, Class<?> type) {
		return parameters.stream().anyMatch((parameter) -> parameter.isEquivalentTo(type));
	}

	/**
	 * A call of each kind, and calls that are fine.
	 */
	@SuppressWarnings({ "unused", "DefaultCharset", "StringCaseLocaleUsage", "JavaTimeDefaultTimeZone" })
	private static final class Faults {

		static List<Object> defaults(byte[] bytes, InputStream in) {
			return List.of("a".getBytes(), new String(bytes), "a".toLowerCase(), String.format("%d", 1),
					new InputStreamReader(in), ZoneId.systemDefault(), LocalDate.now(),
					DateTimeFormatter.ofPattern("y"), Locale.getDefault(), Stream.of("a").map(String::toUpperCase));
		}

		static List<Object> fine(char[] text) {
			return List.of("a".getBytes(java.nio.charset.StandardCharsets.UTF_8), new String(text),
					"a".toLowerCase(Locale.ROOT), String.format(Locale.ROOT, "%d", 1),
					DateTimeFormatter.ofPattern("y", Locale.ROOT));
		}

	}

}
