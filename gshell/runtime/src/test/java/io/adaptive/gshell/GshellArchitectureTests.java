package io.adaptive.gshell;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of this module and the arrows between them.
 */
class GshellArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.adaptive.gshell");

	@Test
	void codeKnowsNoJob() {
		noClasses().that()
			.resideInAPackage("io.adaptive.gshell.code")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.adaptive.gshell.job..", "io.adaptive.gshell.weave..")
			.because("source is compiled without being run")
			.allowEmptyShould(true)
			.check(MAIN);
	}

	@Test
	void weaveKnowsNeitherJobsNorSource() {
		noClasses().that()
			.resideInAPackage("io.adaptive.gshell.weave")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.adaptive.gshell.job..", "io.adaptive.gshell.code..")
			.because("woven code reaches its job through an interface")
			.check(MAIN);
	}

	@Test
	void nothingKnowsTheCompilerButCode() {
		classes().that()
			.resideOutsideOfPackage("io.adaptive.gshell.code")
			.should()
			.onlyDependOnClassesThat()
			.resideOutsideOfPackage("org.eclipse.jdt..")
			.because("the compiler can be changed in one room")
			.allowEmptyShould(true)
			.check(MAIN);
	}

	@Test
	void nothingStaticChangesInCode() {
		fields().that()
			.areDeclaredInClassesThat()
			.resideInAPackage("io.adaptive.gshell.code")
			.and()
			.areStatic()
			.should()
			.beFinal()
			.because("several compilations run at once")
			.check(MAIN);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(MAIN).isNotEmpty()
			.allSatisfy((type) -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).as(type.getName())
				.isTrue());
	}

}
