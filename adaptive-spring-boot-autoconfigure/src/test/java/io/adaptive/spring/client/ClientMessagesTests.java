package io.adaptive.spring.client;

import java.nio.file.Path;
import java.util.Map;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.Discover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the check of what client interfaces declare.
 */
class ClientMessagesTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(Class<?> client, String codec, String scopes) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=" + scopes, "adaptive.codec=" + codec,
					"adaptive.os.socket-directory=" + this.directory.resolve("s"))
			.withBean(ProcessSpace.class)
			.withBean(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json" })
	void aMessageThatCannotBeEncodedEndsTheStart(String codec) {
		runner(Opener.class, codec, "process,os").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("Method open of client interface " + Opens.class.getName())
			.hasMessageContaining("has a message that cannot be encoded: part in " + Open.class.getName()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json" })
	void aRegisteredTypeLetsItStart(String codec) {
		runner(Opener.class, codec, "process,os")
			.withPropertyValues("adaptive.registered-types=" + Piece.class.getName())
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aMessageThatStaysWithinTheProgramMayHoldAnything() {
		runner(Opener.class, "fory", "process").run((context) -> assertThat(context).hasNotFailed());
		runner(NearOpener.class, "fory", "process,os").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aReplyIsCheckedWithTheCodecOfTheApplication() {
		runner(Lookup.class, "json", "process,os").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("Method look of client interface " + Looks.class.getName())
			.hasMessageContaining("component names of " + Keyed.class.getName()));
		runner(Lookup.class, "fory", "process,os").run((context) -> assertThat(context).hasNotFailed());
	}

	interface Part {

	}

	record Piece(int value) implements Part {

	}

	record Open(Part part) {

	}

	record Keyed(Map<Piece, String> names) {

	}

	interface Opens {

		Piece open(Open open);

	}

	interface Looks {

		Keyed look(Piece piece);

	}

	static class Opener {

		@Autowired
		Opener(@Discover(publisher = "test", name = "open") Opens client) {
		}

	}

	static class NearOpener {

		@Autowired
		NearOpener(@Discover(publisher = "test", name = "open", scopes = Scope.PROCESS) Opens client) {
		}

	}

	static class Lookup {

		@Autowired
		Lookup(@Discover(publisher = "test", name = "open") Looks client) {
		}

	}

}
