package io.adaptive.internal.wire;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names outside of ASCII in a program whose default character set is ASCII, as in a
 * container without a locale.
 */
@SlowTest
class AsciiJvmTests {

	@TempDir
	Path directory;

	@Test
	void componentsOfAnyNameTravelWhereTheCharacterSetIsAscii() {
		byte[] encoded = new ForyCodec().encode(new Size(5, "ü"), Arrays::copyOf);
		try (ChildJvm child = ChildJvm.startWith(List.of("env", "LC_ALL=C"),
				List.of("-Dfile.encoding=US-ASCII", "-Dsun.jnu.encoding=ANSI_X3.4-1968"), Program.class, this.directory,
				Arrays.toString(encoded))) {
			String text = child.awaitLine("result:").text();
			assertThat(text).contains("same bytes, fory 6, json 6, cbor 6");
			assertThat(child.lines()).noneMatch((line) -> line.text().contains("Exception in thread"));
		}
	}

	record Size(int größe, String näme) {

		Size next() {
			return new Size(this.größe + 1, this.näme);
		}

	}

	/**
	 * Calls a service with each codec.
	 */
	static final class Program {

		private Program() {
		}

		public static void main(String[] arguments) {
			byte[] encoded = new ForyCodec().encode(new Size(5, "ü"), Arrays::copyOf);
			StringBuilder result = new StringBuilder(
					Arrays.toString(encoded).equals(arguments[1]) ? "same bytes" : "other bytes");
			for (String codec : List.of("fory", "json", "cbor")) {
				try (TwoNodes nodes = new TwoNodes(Scope.OS, Path.of(arguments[0]),
						(builder) -> builder.codec(codec))) {
					Size answer = nodes
						.connect(Service.named("test", "ascii").handle(Size.class, (Size size) -> size.next()))
						.sendRecv(new Size(5, "ü"), Size.class);
					result.append(", ").append(codec).append(' ').append(answer.größe());
				}
			}
			System.out.println("result: " + result);
			ChildJvm.awaitEndOfInput();
		}

	}

}
