package io.adaptive.gshell.share;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CompiledCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which types jobs share, decided by byte code.
 */
class TypeClosuresTests {

	private static final BundleCompiler COMPILER = new BundleCompiler(List.of());

	@AfterAll
	static void close() {
		COMPILER.close();
	}

	/** Compiles types next to a main class. */
	private static Map<String, byte[]> compile(String types) {
		String source = types + "\nclass Main { int state; public static void main(String[] args) { } }";
		CompiledCode code = COMPILER.compile(CodeBundle.of("Main.java", Map.of("Main.java", source.getBytes(UTF_8))));
		return code.classNames().stream().collect(toMap((name) -> name, code::classFile));
	}

	private static Set<String> shared(Map<String, byte[]> classes) {
		Set<String> names = new HashSet<>();
		new TypeClosures(classes).units().forEach((unit) -> names.addAll(unit.classes().keySet()));
		return names;
	}

	@ParameterizedTest
	@ValueSource(strings = { "record T(int a, String b, long[] c) { }",
			"record T(java.util.List<java.util.Map<String, U[]>> a) { } record U(T t) { }",
			"record T(E e) { } enum E { A, B { int x() { return 2; } }; int x() { return 1; } }",
			"record T(java.time.Instant at, java.util.Optional<? extends T> next) implements Comparable<T> {"
					+ " public int compareTo(T o) { return this.at.compareTo(o.at); } }",
			"record T(String a) { static final int MAX = 5; T { if (a.length() > MAX) throw new IllegalArgumentException(a); } }",
			"sealed interface T { record A(int a) implements T { } record B(T left, T right) implements T { } }",
			"enum T { A(1, \"a\"); final int a; final String b; T(int a, String b) { this.a = a; this.b = b; } }",
			"record T(String a) { T { try { Integer.parseInt(a); } catch (NumberFormatException ex) { a = \"0\"; } } }",
			"final class Types { private Types() { } record T(int a) { } } record T(Types.T t) { }",
			"@interface Label { String value(); } @Label(\"x\") record T(@Label(\"y\") int a) { }" })
	void dataIsShared(String source) {
		Map<String, byte[]> classes = compile(source);
		TypeClosures closures = new TypeClosures(classes);
		Set<String> all = new HashSet<>(classes.keySet());
		all.remove("Main");
		assertThat(shared(classes)).as("%s", closures.refusals()).isEqualTo(all);
	}

	@ParameterizedTest
	@ValueSource(strings = { "record T(int a) { static int count; }",
			"record T(int a) { static final java.util.List<T> ALL = new java.util.ArrayList<>(); }",
			"enum T { A; int changed; }", "enum T { A; final int[] changed = { 1 }; }",
			"enum T { A; final java.util.List<String> changed = new java.util.ArrayList<>(); }",
			"record T(Object anything) { }", "record T(java.util.List<?> anything) { }",
			"record T(java.util.List anything) { }", "record T<X>(X anything) { }", "record T(Runnable code) { }",
			"record T(java.util.Map<String, java.util.concurrent.atomic.AtomicInteger> counts) { }",
			"record T(Main main) { }", "record T(int a) { Main main() { return new Main(); } }",
			"record T(java.util.List<U> a) { } record U(int a) { static int count; }",
			"record T(int a) { T { System.out.println(a); } }", "record T(int a) { T { System.exit(a); } }",
			"record T(int a) { String p() { return System.getProperty(\"a\"); } }",
			"record T(int a) { Integer p() { return Integer.getInteger(\"a\"); } }",
			"record T(int a) { void p() throws Exception { new Thread().start(); } }",
			"record T(int a) { void p() throws Exception { Thread.sleep(1); } }",
			"record T(int a) { Class<?> p() throws Exception { return Class.forName(\"T\"); } }",
			"record T(int a) { void p() throws Exception { new java.io.FileInputStream(\"a\"); } }",
			"record T(int a) { void p() { while (true) { } } }",
			"record T(int a) { int p() { int s = 0; for (int i = 0; i < a; i++) s += i; return s; } }",
			"record T(int a) { int p() { return p() + p(); } }",
			"record T(U u) { int p() { return u.p(this); } } record U(int a) { int p(T t) { return t.p(); } }",
			"record T(int a) { Runnable p() { return () -> { }; } }", "record T(int a) { synchronized void p() { } }",
			"record T(int a) { void p() { synchronized (T.class) { } } }",
			"record T(int a) implements java.util.Iterator<String> { public boolean hasNext() { return true; } public String next() { return \"\"; } }",
			"interface T { int a(); }", "class T { int a; }", "record T(U u) { } interface U { int a(); }" })
	void whatCouldActForAJobOrKeepStateIsNotShared(String source) {
		TypeClosures closures = new TypeClosures(compile(source));
		System.out.println(closures.refusals().get("T"));
		assertThat(closures.refusals()).containsKey("T");
		assertThat(closures.units()).noneSatisfy((unit) -> assertThat(unit.classes()).containsKey("T"));
	}

	@Test
	void aTypeNestedInTheMainClassIsNotShared() {
		String source = "class Main { record T(int a) { } public static void main(String[] args) { } }";
		CompiledCode code = COMPILER.compile(CodeBundle.of("Main.java", Map.of("Main.java", source.getBytes(UTF_8))));
		TypeClosures closures = new TypeClosures(
				code.classNames().stream().collect(toMap((name) -> name, code::classFile)));
		assertThat(closures.units()).isEmpty();
		assertThat(closures.refusals()).containsEntry("Main$T",
				"it refers to Main: it is no record, enum or sealed interface");
	}

	@Test
	void aChangeOfAReachedTypeIsAnotherDigest() {
		String user = "record T(U u) { } record Z(int z) { }";
		List<SharedUnit> one = new TypeClosures(compile(user + "record U(int a) { }")).units();
		List<SharedUnit> same = new TypeClosures(compile(user + "record U(int a) { }")).units();
		List<SharedUnit> other = new TypeClosures(compile(user + "record U(int b) { }")).units();
		assertThat(digest(one, "T")).isEqualTo(digest(same, "T")).isNotEqualTo(digest(other, "T"));
		assertThat(digest(one, "Z")).isEqualTo(digest(other, "Z"));
	}

	private static String digest(List<SharedUnit> units, String type) {
		return units.stream()
			.filter((unit) -> unit.classes().containsKey(type))
			.map(SharedUnit::digest)
			.findFirst()
			.orElseThrow();
	}

}
