package io.adaptive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * Prints the figures by which the structure of a module is judged: types of its packages,
 * circles among packages and types, sizes of files, methods and constructors.
 */
final class Figures {

	private Figures() {
	}

	/**
	 * Prints the figures of modules that are compiled.
	 * @param args the folders of the modules
	 * @throws IOException if a file cannot be read
	 */
	public static void main(String[] args) throws IOException {
		for (String module : args) {
			System.out.printf("%s%n%n", Path.of(module).getFileName());
			classes(new ClassFileImporter().importPath(Path.of(module, "target/classes")));
			sources(SourceFigures.of(Path.of(module, "src/main/java")));
		}
	}

	private static void classes(JavaClasses classes) {
		Map<String, List<JavaClass>> packages = classes.stream()
			.filter(Figures::isTopLevel)
			.collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.toList()));
		System.out.printf("| package | public types | all types |%n| --- | ---: | ---: |%n");
		packages
			.forEach((name, types) -> System.out.printf("| %s | %d | %d |%n", name, countPublic(types), types.size()));
		List<JavaClass> all = packages.values().stream().flatMap(List::stream).toList();
		System.out.printf("| together | %d | %d |%n%n", countPublic(all), all.size());
		System.out.printf("circles of packages: %s%n", Circles.of(imports(classes)));
		knots(new Knots(classes));
	}

	private static void knots(Knots knots) {
		List<List<String>> all = knots.rooms().stream().flatMap((room) -> knots.in(room).stream()).toList();
		System.out.printf("knots: %d, the largest of %d types, %d of %d types in one (%.1f %%)%n", all.size(),
				all.stream().mapToInt(List::size).max().orElse(0), knots.typesInKnots(), knots.types(),
				100.0 * knots.typesInKnots() / knots.types());
		all.stream().filter((knot) -> knot.size() > Limits.KNOT).forEach((knot) -> System.out.println("- " + knot));
	}

	private static boolean isTopLevel(JavaClass type) {
		return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
	}

	private static long countPublic(List<JavaClass> types) {
		return types.stream().filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC)).count();
	}

	private static Map<String, Set<String>> imports(JavaClasses classes) {
		Map<String, Set<String>> imports = new TreeMap<>();
		for (JavaClass type : classes) {
			Set<String> used = imports.computeIfAbsent(type.getPackageName(), (added) -> new TreeSet<>());
			type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType().getPackageName())
				.filter((name) -> name.startsWith("io.adaptive.") && !name.equals(type.getPackageName()))
				.forEach(used::add);
		}
		return imports;
	}

	private static void sources(SourceFigures figures) {
		System.out.printf("files: %d, median %d lines, largest: %s%n", figures.files().size(), figures.medianFile(),
				figures.files().get(0));
		System.out.printf("longest method: %s%n", figures.methods().get(0));
		System.out.printf("files above %d lines: %s%n", Limits.FILE, Limits.above(Limits.FILE, figures.files()));
		System.out.printf("methods above %d lines: %s%n", Limits.METHOD,
				Limits.above(Limits.METHOD, figures.methods()));
		System.out.printf("constructors above %d parameters: %s%n%n", Limits.PARAMETERS,
				Limits.above(Limits.PARAMETERS, figures.constructors()));
	}

	/**
	 * The limits that new code is held to.
	 */
	static final class Limits {

		/** Types of a knot. */
		static final int KNOT = 6;

		/** Lines of a file. */
		static final int FILE = 350;

		/** Lines of a method. */
		static final int METHOD = 40;

		/** Parameters of a constructor. */
		static final int PARAMETERS = 5;

		private Limits() {
		}

		static List<SourceFigures.Size> above(int limit, List<SourceFigures.Size> sizes) {
			return sizes.stream().filter((each) -> each.size() > limit).toList();
		}

	}

}
