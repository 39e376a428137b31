package io.adaptive.internal.wire;

import io.adaptive.fixture.CompiledSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageSchemaTests {

	private static long of(String source) {
		return MessageSchema.of(CompiledSource.of(source).type("A")).fingerprint();
	}

	@Test
	void equalDeclarationsHaveEqualFingerprints() {
		String source = "record A(int x, B b) { } record B(java.util.List<String> names) { }";
		assertThat(of(source)).isEqualTo(of(source));
	}

	@Test
	void theOrderOfComponentsDoesNotMatter() {
		assertThat(of("record A(int x, String y) { }")).isEqualTo(of("record A(String y, int x) { }"));
	}

	@Test
	void whatAMessageContainsMatters() {
		assertThat(of("record A(int x) { }")).isNotEqualTo(of("record A(long x) { }"))
			.isNotEqualTo(of("record A(int y) { }"))
			.isNotEqualTo(of("record A(int x, int y) { }"));
		assertThat(of("record A(B b) { } record B(int x) { }"))
			.isNotEqualTo(of("record A(B b) { } record B(long x) { }"));
		assertThat(of("record A(B b) { } enum B { X, Y }")).isNotEqualTo(of("record A(B b) { } enum B { X, Z }"));
		assertThat(of("record A(java.util.List<String> x) { }"))
			.isNotEqualTo(of("record A(java.util.List<Integer> x) { }"));
	}

	@Test
	void whatIsNotSentDoesNotMatter() {
		assertThat(of("static class A { int x; }"))
			.isEqualTo(of("static class A { int x; static int y; transient int z; }"));
	}

	@Test
	void classesMayBeRenamedWhereTheyHaveAMessageName() {
		String name = "@io.adaptive.annotation.Message(\"%s\") ";
		assertThat(of(name.formatted("a") + "record A(B b, B[] c, java.util.List<B> d) { } " + name.formatted("b")
				+ "record B(int x) { }"))
			.isEqualTo(of(name.formatted("a") + "record A(C b, C[] c, java.util.List<C> d) { } " + name.formatted("b")
					+ "record C(int x) { }"));
	}

}
