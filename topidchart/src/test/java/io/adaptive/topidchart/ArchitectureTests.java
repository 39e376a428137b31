package io.adaptive.topidchart;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of this module and the arrows between them.
 */
class ArchitectureTests {

	private static final String ROOT = "io.adaptive.topidchart";

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void everyArrowPointsDown() {
		layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..")
			.withOptionalLayers(true)
			.layer("application")
			.definedBy(ROOT)
			.layer("intake")
			.definedBy(ROOT + ".intake")
			.layer("page")
			.definedBy(ROOT + ".page")
			.layer("session")
			.definedBy(ROOT + ".session")
			.layer("store")
			.definedBy(ROOT + ".store")
			.layer("series")
			.definedBy(ROOT + ".series")
			.whereLayer("application")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("intake")
			.mayOnlyBeAccessedByLayers("application")
			.whereLayer("page")
			.mayOnlyBeAccessedByLayers("application")
			.whereLayer("session")
			.mayOnlyBeAccessedByLayers("application", "intake", "page")
			.whereLayer("store")
			.mayOnlyBeAccessedByLayers("application", "intake", "page", "session")
			.because("what takes and what shows do not know each other")
			.check(MAIN);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(MAIN).isNotEmpty()
			.allSatisfy((type) -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).as(type.getName())
				.isTrue());
	}

}
