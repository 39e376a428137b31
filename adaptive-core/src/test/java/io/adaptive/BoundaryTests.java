package io.adaptive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The boundary between what users import and what is behind it.
 */
class BoundaryTests {

	private static final String INTERNAL = "io.adaptive.internal.";

	private static final Pattern IMPORT = Pattern.compile("import (static )?io\\.adaptive\\.internal\\.");

	private static final Path REPOSITORY = Path.of("..");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("adaptive-annotations"))
		.importPackages("io.adaptive");

	@Test
	void onlyTheNamedPackagesAreForUsers() {
		Set<String> outside = topLevel().filter((type) -> !isInternal(type))
			.map((type) -> type.getPackageName().replace("io.adaptive.", ""))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(outside).isEqualTo(new TreeSet<>(Rooms.EXPORTED));
	}

	/**
	 * What is public binds us: each such type has to be documented, tested and kept.
	 */
	@Test
	void atMostAQuarterOfTheTypesIsForUsers() {
		List<String> exported = topLevel().filter((type) -> !isInternal(type))
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.toList();
		long all = topLevel().count();
		System.out.printf("%s of %s types are exported%n", exported.size(), all);
		assertThat(exported.size() * 4L).isLessThanOrEqualTo(all);
	}

	/**
	 * A user who cannot name the type of a parameter, a result or an exception cannot use
	 * the method.
	 */
	@Test
	void signaturesForUsersNameNothingInternal() {
		Set<String> leaks = new TreeSet<>();
		MAIN.stream().filter(BoundaryTests::isVisible).filter((type) -> !isInternal(type)).forEach((type) -> {
			type.getInterfaces()
				.stream()
				.flatMap((each) -> each.getAllInvolvedRawTypes().stream())
				.forEach((each) -> check(type, "implements", each, leaks));
			type.getSuperclass()
				.stream()
				.flatMap((each) -> each.getAllInvolvedRawTypes().stream())
				.forEach((each) -> check(type, "extends", each, leaks));
			type.getFields().stream().filter(BoundaryTests::isVisible).forEach((field) -> check(type, field, leaks));
			type.getCodeUnits().stream().filter(BoundaryTests::isVisible).forEach((unit) -> check(type, unit, leaks));
		});
		assertThat(leaks).isEmpty();
	}

	private static void check(JavaClass type, JavaField field, Set<String> leaks) {
		field.getAllInvolvedRawTypes().forEach((each) -> check(type, field.getName(), each, leaks));
	}

	private static void check(JavaClass type, JavaCodeUnit unit, Set<String> leaks) {
		unit.getAllInvolvedRawTypes().forEach((each) -> check(type, unit.getName(), each, leaks));
	}

	private static void check(JavaClass type, String where, JavaClass named, Set<String> leaks) {
		if (isInternal(named)) {
			leaks.add("%s %s names %s".formatted(type.getName(), where, named.getName()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sample-apps", "adaptive-spring-boot-autoconfigure/src/test/java/io/adaptive/guide",
			"docs/guide", "README.md" })
	void whatUsersCopyNamesNothingInternal(String place) throws IOException {
		try (Stream<Path> files = Files.walk(REPOSITORY.resolve(place))) {
			List<Path> sources = files.filter(Files::isRegularFile)
				.filter((file) -> !file.toString().contains("/target/"))
				.filter((file) -> file.toString().endsWith(".java") || file.toString().endsWith(".md"))
				.toList();
			assertThat(sources).isNotEmpty();
			for (Path source : sources) {
				assertThat(IMPORT.matcher(Files.readString(source)).find()).as(source.toString()).isFalse();
			}
		}
	}

	private static Stream<JavaClass> topLevel() {
		return MAIN.stream()
			.filter(JavaClass::isTopLevelClass)
			.filter((type) -> !type.getSimpleName().equals("package-info"));
	}

	private static boolean isInternal(JavaClass type) {
		return type.getBaseComponentType().getName().startsWith(INTERNAL);
	}

	private static boolean isVisible(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC)
				&& type.getEnclosingClass().map(BoundaryTests::isVisible).orElse(true);
	}

	private static boolean isVisible(JavaMember member) {
		return member.getModifiers().contains(JavaModifier.PUBLIC)
				|| member.getModifiers().contains(JavaModifier.PROTECTED);
	}

}
