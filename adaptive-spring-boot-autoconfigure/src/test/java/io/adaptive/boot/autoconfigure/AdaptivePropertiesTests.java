package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AdaptiveProperties}.
 */
class AdaptivePropertiesTests {

	@Test
	void defaultsStayOnThisMachineAndWaitForEver() {
		AdaptiveProperties properties = bind(Map.of());
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.providerId()).isNull();
		assertThat(properties.scopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.OS);
		assertThat(properties.workers().resident()).isEqualTo(1);
		assertThat(properties.os().socketDirectory()).isNull();
		assertThat(properties.discoverTimeout()).isNull();
		assertThat(properties.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(properties.server().keepAlive()).isTrue();
	}

	@Test
	void allPropertiesAreBound() {
		AdaptiveProperties properties = bind(Map.of("adaptive.enabled", "false", "adaptive.provider-id", "rack-7",
				"adaptive.scopes", "process", "adaptive.workers.resident", "3", "adaptive.os.socket-directory",
				"/run/adaptive", "adaptive.discover-timeout", "2s", "adaptive.drain-timeout", "500ms",
				"adaptive.server.keep-alive", "false"));
		assertThat(properties.enabled()).isFalse();
		assertThat(properties.providerId()).isEqualTo(new ProviderId("rack-7"));
		assertThat(properties.scopes()).containsExactly(Scope.PROCESS);
		assertThat(properties.workers().resident()).isEqualTo(3);
		assertThat(properties.os().socketDirectory()).isEqualTo(Path.of("/run/adaptive"));
		assertThat(properties.discoverTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(properties.drainTimeout()).isEqualTo(Duration.ofMillis(500));
		assertThat(properties.server().keepAlive()).isFalse();
	}

	@Test
	void invalidProviderIdIsRefusedWithItsRule() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("adaptive.provider-id", "rack 7")))
			.havingRootCause()
			.withMessageContaining("1 to 64 visible ASCII characters");
	}

	private static AdaptiveProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("adaptive",
				AdaptiveProperties.class);
	}

}
