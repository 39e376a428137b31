package io.adaptive;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.adaptive.spring.InvalidDeclarationException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rooms of this module and the arrows between them.
 */
class ArchitectureTests {

	private static final String ANNOTATIONS = "io.adaptive.spring";

	private static final String SERVER = "io.adaptive.spring.server";

	private static final String CLIENT = "io.adaptive.spring.client";

	private static final String BOOT = "io.adaptive.boot.autoconfigure";

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ANNOTATIONS, BOOT);

	@Test
	void serverAndClientDoNotKnowEachOther() {
		noClasses().that()
			.resideInAPackage(SERVER)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(CLIENT)
			.because("an application may publish without discovering")
			.check(MAIN);
		noClasses().that()
			.resideInAPackage(CLIENT)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(SERVER)
			.because("an application may discover without publishing")
			.check(MAIN);
	}

	@Test
	void nothingBelowKnowsSpringBoot() {
		noClasses().that()
			.resideInAnyPackage(ANNOTATIONS + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BOOT + "..", "org.springframework.boot..")
			.because("properties, conditions and life cycle are decided in one place, above what annotations mean")
			.check(MAIN);
	}

	@Test
	void annotationsKnowNothingOfWhatIsMadeOfThem() {
		noClasses().that()
			.resideInAPackage(ANNOTATIONS)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(SERVER, CLIENT)
			.because("what a user writes must not change with how it is read")
			.check(MAIN);
	}

	@Test
	void theRoomOfTheAnnotationsHoldsNothingElse() {
		classes().that()
			.resideInAPackage(ANNOTATIONS)
			.and()
			.arePublic()
			.and()
			.areNotAnnotations()
			.should()
			.beAssignableTo(assignableTo(InvalidDeclarationException.class).or(assignableTo(Enum.class)))
			.because("it is the table of contents for a user")
			.check(MAIN);
	}

	@Test
	void whatIsOptionalStandsBeside() {
		noClasses().that()
			.resideInAnyPackage(BOOT, ANNOTATIONS + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer.core..", "org.springframework.boot.health..",
					"org.springframework.boot.actuate..")
			.because("an application without metrics, health or actuator must not need their classes")
			.check(MAIN);
	}

	@Test
	void roomsHaveNoCycles() {
		slices().matching("io.adaptive.(**)")
			.should()
			.beFreeOfCycles()
			.because("what is in a cycle can only be understood, tested and changed together")
			.check(MAIN);
	}

	@Test
	void nothingStaticChanges() {
		fields().that()
			.areStatic()
			.should()
			.beFinal()
			.because("two application contexts in one JVM must work side by side")
			.check(MAIN);
	}

	@Test
	void everyPackageIsNullMarked() {
		classes().should(liveInANullMarkedPackage())
			.because("in a package that is not marked the compiler does not check for null")
			.check(MAIN);
	}

	private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
		return new ArchCondition<>("live in a package with @NullMarked") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				events.add(new SimpleConditionEvent(type, type.getPackage().isAnnotatedWith(NullMarked.class),
						"package of " + type.getDescription()));
			}
		};
	}

	@Test
	void namesSayWhatAClassIs() {
		noClasses().should()
			.haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
			.because("such a name fits anything, so anything will be put there")
			.check(MAIN);
	}

}
