package io.adaptive.test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ServiceWatch;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class TestClockTests {

	@AutoClose
	private final InMemoryNetwork network = new InMemoryNetwork();

	private final TestClock clock = this.network.clock();

	private final AdaptiveClient client = this.network.newNode().newClient();

	// tag::clock[]
	@Test
	void aSearchEndsWhenItsTimeHasCome() {
		this.clock.stop();
		CompletableFuture<Connection> search = CompletableFuture
			.supplyAsync(() -> this.client.discoverTimeout(Duration.ofMinutes(5)).discover("example", "nowhere"));
		this.clock.awaitWaiting(1);
		this.clock.advance(Duration.ofMinutes(5));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> search.orTimeout(10, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(ServiceNotFoundException.class);
	}

	@Test
	void aSilentServiceIsGoneWhenItsLeaseHasRunOut() {
		this.clock.stop();
		ServiceStub stub = this.network.stub("example", "hello");
		try (ServiceWatch watch = this.client.watch(new ServicePattern("example", "hello"))) {
			assertThat(watch.next(Duration.ofSeconds(1))).get().isInstanceOf(ServiceEvent.Appeared.class);
			stub.fallSilent();
			this.clock.advance(Duration.ofMillis(5999));
			assertThat(watch.next(Duration.ZERO)).isEmpty();
			this.clock.advance(Duration.ofMillis(1));
			assertThat(watch.next(Duration.ofSeconds(1))).get().isInstanceOf(ServiceEvent.Gone.class);
		}
	}
	// end::clock[]

	@Test
	void callsToASilentServiceHangAndAreLostWithItsLease() {
		this.clock.stop();
		ServiceStub stub = this.network.stub("example", "hello").on(Ask.class).replyWith(new Ask());
		Connection connection = this.client.discover("example", "hello");
		stub.fallSilent();
		CompletableFuture<Ask> call = connection.async().sendRecv(new Ask(), Ask.class);
		assertThat(call).isNotDone();
		this.clock.advance(Duration.ofSeconds(6));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> call.orTimeout(10, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(ConnectionLostException.class);
		assertThat(stub.received()).isEmpty();
	}

	@Test
	void aServiceThatWakesUpInTimeGoesOnAndLaterComesBack() {
		this.clock.stop();
		ServiceStub stub = this.network.stub("example", "hello").on(Ask.class).replyWith(new Ask());
		Connection connection = this.client.lazy(new ServiceName("example", "hello"));
		assertThat(connection.sendRecv(new Ask(), Ask.class)).isNotNull();
		stub.fallSilent();
		this.clock.advance(Duration.ofSeconds(5));
		stub.wakeUp();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(connection.sendRecv(new Ask(), Ask.class)).isNotNull();
		stub.fallSilent();
		this.clock.advance(Duration.ofSeconds(6));
		CompletableFuture<Ask> call = connection.async().sendRecv(new Ask(), Ask.class);
		stub.wakeUp();
		assertThat(call.handle((answer, error) -> true).orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
		assertThat(connection.sendRecv(new Ask(), Ask.class)).isNotNull();
	}

	@Test
	void aSearchDoesNotEndBefore() {
		this.clock.stop();
		CompletableFuture<Connection> search = CompletableFuture
			.supplyAsync(() -> this.client.discoverTimeout(Duration.ofMillis(1)).discover("example", "hello"));
		this.clock.awaitWaiting(1);
		this.clock.advance(Duration.ofNanos(999_999));
		this.network.stub("example", "hello");
		assertThat(search.orTimeout(10, TimeUnit.SECONDS).join().isOpen()).isTrue();
	}

	@Test
	void aRefusedConnectionIsTriedAgainWhenTheTimeHasCome() {
		this.clock.stop();
		this.network.stub("example", "hello");
		this.network.faults().refuseConnections();
		CompletableFuture<Connection> search = CompletableFuture
			.supplyAsync(() -> this.client.discover("example", "hello"));
		this.clock.awaitWaiting(1);
		this.network.faults().refuseConnections(0);
		assertThat(search).isNotDone();
		this.clock.advance(Duration.ofMillis(100));
		assertThat(search.orTimeout(10, TimeUnit.SECONDS).join().isOpen()).isTrue();
	}

	@Test
	void aConnectionThatIsNotAnsweredIsGivenUpWhenTheTimeHasCome() {
		this.clock.stop();
		this.network.stub("example", "hello");
		this.network.faults().hold();
		CompletableFuture<Connection> search = CompletableFuture
			.supplyAsync(() -> this.client.discoverTimeout(Duration.ofSeconds(5)).discover("example", "hello"));
		this.clock.awaitWaiting(1);
		this.clock.advance(Duration.ofSeconds(5));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> search.orTimeout(10, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(ServiceNotFoundException.class);
	}

	@Test
	void aWatchLooksAsLongAsTheClockSays() {
		this.clock.stop();
		ServicePattern pattern = ServicePattern.of(new ServiceName("example", "nowhere"));
		try (ServiceWatch watch = this.client.watch(pattern)) {
			CompletableFuture<Optional<ServiceEvent>> next = CompletableFuture
				.supplyAsync(() -> watch.next(Duration.ofHours(1)));
			this.clock.awaitWaiting(1);
			this.clock.advance(Duration.ofHours(1));
			assertThat(next.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
		}
	}

	@Test
	void aClockThatRunsCanBeAdvanced() {
		CompletableFuture<Connection> search = CompletableFuture
			.supplyAsync(() -> this.client.discoverTimeout(Duration.ofMinutes(5)).discover("example", "nowhere"));
		this.clock.awaitWaiting(1);
		this.clock.advance(Duration.ofMinutes(6));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> search.orTimeout(10, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(ServiceNotFoundException.class);
	}

	@Test
	void aClockNeverGoesBack() {
		long before = this.clock.nanoTime();
		this.clock.advance(Duration.ofSeconds(1));
		this.clock.stop();
		long stopped = this.clock.nanoTime();
		assertThat(stopped - before).isGreaterThanOrEqualTo(1_000_000_000);
		assertThat(this.clock.nanoTime()).isEqualTo(stopped);
		this.clock.resume();
		assertThat(this.clock.nanoTime()).isGreaterThanOrEqualTo(stopped);
		assertThatIllegalArgumentException().isThrownBy(() -> this.clock.advance(Duration.ofNanos(-1)))
			.withMessageContaining("not turned back");
	}

	record Ask() {
	}

}
