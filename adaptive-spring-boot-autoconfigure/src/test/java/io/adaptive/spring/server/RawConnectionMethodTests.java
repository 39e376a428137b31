package io.adaptive.spring.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.raw.RawConnection;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.OnRawConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OnRawConnection}.
 */
class RawConnectionMethodTests {

	private static final ServiceName SERVICE = new ServiceName("example", "upper");

	@TempDir
	private Path temporary;

	private ApplicationContextRunner runner(Scope scope) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=" + scope,
					"adaptive.os.socket-directory=" + this.temporary.resolve("s"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theMethodTakesTheConnectionOver(Scope scope) {
		runner(scope).withBean(Upper.class).run((context) -> {
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			if (scope == Scope.OS) {
				// As the application does when it is ready.
				new AnnotatedServices(context.getBeanFactory()).read(node.scopes())
					.forEach(context.getBean(AdaptiveServer.class)::publish);
			}
			RawConnection near = node.newClient().discoverTimeout(Duration.ofSeconds(20)).discoverRaw(SERVICE);
			near.write(ByteBuffer.wrap("shout".getBytes(StandardCharsets.UTF_8))).join();
			near.end().join();
			StringBuilder answer = new StringBuilder();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> {
				while (true) {
					answer.append(StandardCharsets.UTF_8.decode(near.read(100).join()));
				}
			}).withCauseInstanceOf(EndOfStreamException.class);
			assertThat(answer).hasToString("SHOUT");
		});
	}

	@Test
	void twoMethodsAreRefused() {
		assertRefused(Two.class, "Service example/upper has two @OnRawConnection methods");
	}

	@Test
	void aMethodThatTakesSomethingElseIsRefused() {
		assertRefused(Wrong.class, "does not take the connection alone");
	}

	private void assertRefused(Class<?> bean, String problem) {
		runner(Scope.PROCESS).withBean(bean)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDeclarationException.class)
				.hasMessageContaining(problem));
	}

	@AdaptiveService(publisher = "example", name = "upper")
	static class Upper {

		@OnRawConnection
		void upper(RawConnection connection) {
			try {
				while (true) {
					String text = StandardCharsets.UTF_8.decode(connection.read(100).join()).toString();
					connection.write(StandardCharsets.UTF_8.encode(text.toUpperCase(java.util.Locale.ROOT))).join();
				}
			}
			catch (RuntimeException ex) {
				connection.end().join();
			}
		}

	}

	@AdaptiveService(publisher = "example", name = "upper")
	static class Two {

		@OnRawConnection
		void one(RawConnection connection) {
		}

		@OnRawConnection
		void other(RawConnection connection) {
		}

	}

	@AdaptiveService(publisher = "example", name = "upper")
	static class Wrong {

		@OnRawConnection
		void wrong(String text) {
		}

	}

}
