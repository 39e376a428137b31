package io.adaptive;

import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The signatures of this module that users see.
 */
class SignatureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.adaptive.spring", "io.adaptive.boot.autoconfigure");

	/**
	 * What an application names of this module must not change with the insides of the
	 * core.
	 */
	@Test
	void publicSignaturesNameNothingInternal() {
		Set<String> leaks = new TreeSet<>();
		MAIN.stream()
			.filter(SignatureTests::isVisible)
			.flatMap((type) -> type.getMembers().stream())
			.filter(SignatureTests::isVisible)
			.forEach((member) -> member.getAllInvolvedRawTypes()
				.stream()
				.filter((named) -> named.getBaseComponentType().getName().startsWith("io.adaptive.internal."))
				.forEach((named) -> leaks.add("%s names %s".formatted(member.getFullName(), named.getName()))));
		assertThat(leaks).isEmpty();
	}

	private static boolean isVisible(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC)
				&& type.getEnclosingClass().map(SignatureTests::isVisible).orElse(true);
	}

	private static boolean isVisible(JavaMember member) {
		return member.getModifiers().contains(JavaModifier.PUBLIC)
				|| member.getModifiers().contains(JavaModifier.PROTECTED);
	}

}
