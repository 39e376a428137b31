package io.adaptive.gshell.command;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Arrows of this module.
 */
class CommandArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.adaptive.gshell.command");

	@Test
	void commandsRunNoJobsAndKnowNoSpring() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.adaptive.gshell.job..", "io.adaptive.gshell.weave..",
					"io.adaptive.gshell.group..")
			.because("a command starts in a part of a second, and jobs run in groups")
			.check(MAIN);
	}

	@Test
	void oneClassKnowsHowTheDaemonIsReached() {
		noClasses().that()
			.doNotHaveSimpleName("DaemonLink")
			.should()
			.dependOnClassesThat()
			.haveSimpleName("Connection")
			.because("the connection is exchanged in one place")
			.check(MAIN);
	}

}
