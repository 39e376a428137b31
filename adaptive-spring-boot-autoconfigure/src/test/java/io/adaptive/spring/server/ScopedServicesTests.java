package io.adaptive.spring.server;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services behind a scoped proxy: the target is no second service.
 */
class ScopedServicesTests {

	@RegisterExtension
	final AnnotatedNode node = new AnnotatedNode();

	@Test
	@Timeout(60)
	void aBeanBehindAScopedProxyIsOneServiceAndCalledThroughTheProxy() {
		Connection connection = this.node.connectTo(Scoped.class);
		assertThat(connection.sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		assertThat(connection.sendRecv(new Number(3), Number.class)).isEqualTo(new Number(3));
	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Echo echo() {
			return new Echo();
		}

		@Bean
		@AdaptiveService(publisher = "example", name = "test")
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		NumberEcho numbers() {
			return new NumberEcho();
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Echo {

		@MessageHandler
		Text echo(Text text) {
			return text;
		}

	}

	static class NumberEcho {

		@MessageHandler
		Number echo(Number number) {
			return number;
		}

	}

	record Text(String value) {

	}

	record Number(int value) {

	}

}
