package io.adaptive.test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two rooms of this module and the arrow between them.
 */
class TestArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.adaptive.test");

	@Test
	void testsWithoutSpringNeedNothingOfIt() {
		noClasses().that()
			.resideInAPackage("io.adaptive.test")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.adaptive.spring..", "io.adaptive.boot..",
					"io.adaptive.test.spring..", "org.junit..", "org.assertj..")
			.because("they are written with any test library, and without Spring")
			.check(MAIN);
	}

	@Test
	void nothingStaticChanges() {
		fields().that()
			.areStatic()
			.should()
			.beFinal()
			.because("contexts that are cached beside each other must not meet")
			.check(MAIN);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(MAIN).isNotEmpty()
			.allSatisfy((type) -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).as(type.getName())
				.isTrue());
	}

}
