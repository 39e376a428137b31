package io.adaptive;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rooms of this module and the arrows between them.
 */
class ArchitectureTests {

	private static final String ROOT = "io.adaptive.";

	private static final String INTERNAL = ROOT + "internal.";

	static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("adaptive-annotations"))
		.importPackages("io.adaptive");

	/** A room is one thing, its package for users and the one behind it together. */
	private static final SliceAssignment ROOM_OF = new SliceAssignment() {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			String below = type.getPackageName().replaceFirst("^io\\.adaptive\\.(internal\\.)?", "");
			return SliceIdentifier.of(below.split("\\.")[0]);
		}

		@Override
		public String getDescription() {
			return "rooms";
		}

	};

	static Stream<String> rooms() {
		return Rooms.USES.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("rooms")
	void aRoomImportsOnlyWhatStandsBelowIt(String room) {
		Set<String> below = new HashSet<>();
		addBelow(room, below);
		String[] allowed = Stream.concat(Stream.of(room), below.stream())
			.flatMap(ArchitectureTests::packagesOf)
			.toArray(String[]::new);
		ArchRule rule = noClasses().that()
			.resideInAnyPackage(packages(room))
			.should()
			.dependOnClassesThat(resideInAPackage("io.adaptive..").and(isNot(resideInAnyPackage(allowed)))
				.and(isNot(resideInAPackage("io.adaptive.annotation"))))
			.allowEmptyShould(true)
			.because("arrows point down, so that a message can be followed through the rooms in order and a room can be"
					+ " understood with nothing but those below it; " + room + " uses " + below);
		rule.check(MAIN);
	}

	private static void addBelow(String room, Set<String> below) {
		for (String used : Rooms.USES.get(room)) {
			if (below.add(used)) {
				addBelow(used, below);
			}
		}
	}

	private static Stream<String> packagesOf(String room) {
		return Stream.of(ROOT + room, INTERNAL + room + "..");
	}

	private static String[] packages(String... rooms) {
		return Stream.of(rooms).flatMap(ArchitectureTests::packagesOf).toArray(String[]::new);
	}

	private static DescribedPredicate<JavaClass> isNot(DescribedPredicate<JavaClass> predicate) {
		return DescribedPredicate.not(predicate);
	}

	@Test
	void everyClassLivesInARoom() {
		classes().should()
			.resideInAnyPackage(rooms().flatMap(ArchitectureTests::packagesOf).toArray(String[]::new))
			.because("a package that is not in the table has no arrows, and everything could lead through it")
			.check(MAIN);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().assignedFrom(ROOM_OF)
			.should()
			.beFreeOfCycles()
			.because("what is in a cycle can only be understood, tested and changed together")
			.check(MAIN);
	}

	@Test
	void nobodyMeasuresWithTheWallClock() {
		noClasses().that()
			.resideInAnyPackage(
					Stream.of("stream", "registry", "beacon", "discovery", "client", "builtin", "proxy", "scope")
						.flatMap(ArchitectureTests::packagesOf)
						.toArray(String[]::new))
			.should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(Clock.class, "systemUTC")
			.because(
					"it differs between hosts and is set while they run; leases, entries and deadlines must not notice")
			.check(MAIN);
	}

	@Test
	void workThatIsDueLaterEndsWithItsNode() {
		noClasses().should()
			.callMethod(CompletableFuture.class, "delayedExecutor", long.class, TimeUnit.class)
			.orShould()
			.callMethod(CompletableFuture.class, "delayedExecutor", long.class, TimeUnit.class, Executor.class)
			.because(
					"the timer of the virtual machine keeps work of a closed node, and with it the node, until it is due")
			.check(MAIN);
	}

	@Test
	void messagesDependOnNothing() {
		classes().that()
			.resideInAnyPackage(packages("message"))
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage(packages("message"))
				.or(resideInAnyPackage("io.adaptive.annotation", "java..", "org.jspecify.annotations")))
			.because("the words that all rooms share must bring no library with them")
			.check(MAIN);
	}

	@Test
	void linesOfTheLogAreWordsAndPairs() {
		noClasses().that()
			.resideOutsideOfPackages(packages("log"))
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("org.slf4j.LoggerFactory")
			.because("structured logs have a field for each pair, which only the framework's own logger knows to write")
			.check(MAIN);
	}

	@Test
	void onlyTheTransportKnowsTheNetworkLibrary() {
		noClasses().that()
			.resideOutsideOfPackages(packages("transport", "wire"))
			.should()
			.dependOnClassesThat(resideInAnyPackage("io.netty..", "reactor.netty.."))
			.because(
					"rooms above the transport speak of links and envelopes, so that a link of another kind, such as the"
							+ " one within a process, needs nothing of Netty")
			.check(MAIN);
	}

	@Test
	void theWireKnowsBuffersOnly() {
		noClasses().that()
			.resideInAnyPackage(packages("wire"))
			.should()
			.dependOnClassesThat(resideInAnyPackage("io.netty..", "reactor.netty..")
				.and(isNot(resideInAnyPackage("io.netty.buffer..", "io.netty.util.."))))
			.because("bytes can be tested without a channel")
			.check(MAIN);
	}

	@Test
	void onlyTheWireKnowsThePayloadCodecsLibrary() {
		noClasses().that()
			.resideOutsideOfPackages(packages("wire"))
			.should()
			.dependOnClassesThat(resideInAPackage("org.apache.fory.."))
			.because("the payload codec is a seam; another one must not meet the first elsewhere")
			.check(MAIN);
	}

	@Test
	void nothingStaticChanges() {
		fields().that()
			.areStatic()
			.should()
			.beFinal()
			.because("two nodes in one JVM must work side by side, and tests one after the other")
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
