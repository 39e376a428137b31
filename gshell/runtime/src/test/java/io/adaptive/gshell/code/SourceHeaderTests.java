package io.adaptive.gshell.code;

import java.util.List;

import io.adaptive.gshell.code.SourceHeader.MainReference;
import io.adaptive.gshell.code.SourceHeader.SourceReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Header comments above the first line of code.
 */
class SourceHeaderTests {

	@Test
	void aFileWithoutHeaderHasDefaults() {
		assertThat(SourceHeader.parse("A.java", "class A { }\n"))
			.isEqualTo(new SourceHeader(List.of(), List.of(), null, 0, true));
		assertThat(SourceHeader.parse("A.java", "")).isEqualTo(new SourceHeader(List.of(), List.of(), null, 0, true));
	}

	@Test
	void allHeadersAreRead() {
		String text = """
				///usr/bin/env gsh
				/* A licence
				//MAIN not.Read
				 */
				//DEPS org.example:lib:1.0.0-rc+1 org.example:other:2

				// A comment, and JAVA in it
				//SOURCES Other.java ../lib/Names.java
				//SOURCES /lib/data.txt
				  //MAIN example.Outer$Main
				/** One more. */ //JAVA 21+
				//GUARD off
				package example;
				""";
		assertThat(SourceHeader.parse("A.java", text))
			.isEqualTo(new SourceHeader(List.of("org.example:lib:1.0.0-rc+1", "org.example:other:2"),
					List.of(new SourceReference("Other.java", 8), new SourceReference("../lib/Names.java", 8),
							new SourceReference("/lib/data.txt", 9)),
					new MainReference("example.Outer$Main", 10), 21, false));
	}

	@Test
	void theFirstLineOfCodeEndsTheHeader() {
		assertThat(SourceHeader.parse("A.java", "package a;\n//JAVA 99+\n//MAIN ?\n").java()).isZero();
		assertThat(SourceHeader.parse("A.java", "/* */ package a;\n//JAVA 99+\n").java()).isZero();
	}

	@Test
	void linesMayEndInAnyWay() {
		assertThat(SourceHeader.parse("A.java", "//JAVA 21+\r\n//GUARD off\rclass A {}"))
			.isEqualTo(new SourceHeader(List.of(), List.of(), null, 21, false));
	}

	@Test
	void otherWordsAreComments() {
		assertThat(SourceHeader.parse("A.java", "//JAVA_OPTIONS -Xmx1g\n//MAINLY\n// MAIN x y\n//java 21\n//REPOS x\n"))
			.isEqualTo(new SourceHeader(List.of(), List.of(), null, 0, true));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			//DEPS                | //DEPS has no value; write //DEPS group:artifact:version
			//DEPS lib            | //DEPS names "lib", which is no artifact; write //DEPS group:artifact:version
			//DEPS a:b:c:d        | //DEPS names "a:b:c:d", which is no artifact; write //DEPS group:artifact:version
			//DEPS: a:b:c         | //DEPS has no space after the word; write //DEPS group:artifact:version
			//SOURCES             | //SOURCES has no value; write //SOURCES FILE...
			//MAIN                | //MAIN has no value; write //MAIN package.Class, once
			//MAIN a.B c.D        | //MAIN has 2 values; write //MAIN package.Class, once
			//MAIN a..B           | //MAIN names "a..B", which is no class; write //MAIN package.Class, once
			//MAIN a/B            | //MAIN names "a/B", which is no class; write //MAIN package.Class, once
			//JAVA 21             | //JAVA names "21", which is no release with a plus; write //JAVA 21+, once
			//JAVA twenty+        | //JAVA names "twenty+", which is no release with a plus; write //JAVA 21+, once
			//JAVA 99999999999+   | //JAVA names "99999999999+", which is no release with a plus; write //JAVA 21+, once
			//GUARD on            | //GUARD has the value "on"; write //GUARD off, once, or nothing
			""")
	void whatCannotBeReadIsAnErrorWithFileAndLine(String header, String problem) {
		assertThatExceptionOfType(CodeException.class)
			.isThrownBy(() -> SourceHeader.parse("apps/A.java", "\n" + header + "\nclass A { }"))
			.withMessage("apps/A.java:2: " + problem);
	}

	@ParameterizedTest
	@CsvSource({ "MAIN,a.B", "JAVA,21+", "GUARD,off" })
	void whatStandsOnceStandsOnce(String keyword, String value) {
		String line = "//%s %s\n".formatted(keyword, value);
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> SourceHeader.parse("A.java", line + line))
			.withMessageStartingWith("A.java:2: //%s stands in the file twice; write ", keyword);
	}

}
