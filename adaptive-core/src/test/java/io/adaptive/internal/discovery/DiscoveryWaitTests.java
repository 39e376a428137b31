package io.adaptive.internal.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Lookup;
import io.adaptive.status.ServiceQuery;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DiscoveryWaitTests {

	@Test
	void aWaitThatIsOverLeavesNothingWithWhatWouldHaveStoppedIt() {
		Discovery discovery = new Discovery(List.of(new ProcessScopeWithoutServices()));
		CompletableFuture<Void> stop = new CompletableFuture<>();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> discovery.find(ServiceQuery.of(new ServiceName("test", "nowhere")),
						Duration.ofMillis(1), stop, (instances, timeLeft) -> Optional.empty()));
		}
		assertThat(stop.getNumberOfDependents()).isZero();
	}

	@Test
	void aWaitThatCannotBeginLeavesNothing() {
		Discovery discovery = new Discovery(List.of(new ProcessScopeWithoutServices() {

			@Override
			public Watch watch(ServicePattern pattern, Runnable changed) {
				throw new IllegalStateException("expected by the test");
			}

		}));
		CompletableFuture<Void> stop = new CompletableFuture<>();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> discovery.find(ServiceQuery.of(new ServiceName("test", "nowhere")),
					Duration.ofSeconds(10), stop, (instances, timeLeft) -> Optional.empty()));
		assertThat(discovery.searches()).isEmpty();
		assertThat(stop.getNumberOfDependents()).isZero();
	}

	private static class ProcessScopeWithoutServices implements Lookup {

		@Override
		public Scope scope() {
			return Scope.PROCESS;
		}

		@Override
		public List<ServiceInstance> find(ServicePattern pattern) {
			return List.of();
		}

		@Override
		public Watch watch(ServicePattern pattern, Runnable changed) {
			return () -> {
			};
		}

	}

}
