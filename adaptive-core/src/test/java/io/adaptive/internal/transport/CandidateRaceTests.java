package io.adaptive.internal.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CandidateRaceTests {

	private static final Instance INSTANCE = new Instance(new ProviderId("machine"), 1);

	private static final Endpoint A = new Endpoint.Tcp("192.0.2.1", 1);

	private static final Endpoint B = new Endpoint.Tcp("192.0.2.2", 2);

	private static final Endpoint C = new Endpoint.Tcp("192.0.2.3", 3);

	private final Map<Endpoint, CompletableFuture<Link>> dialed = new ConcurrentHashMap<>();

	private final Map<Endpoint, LinkAcceptor> acceptors = new ConcurrentHashMap<>();

	private final List<Link> accepted = new CopyOnWriteArrayList<>();

	/** What is to be done a moment later. */
	private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();

	private final AtomicInteger services = new AtomicInteger();

	private final ProcessTable space = new ProcessTable();

	private CompletableFuture<Link> race(Endpoint... candidates) {
		return new CandidateRace(List.of(candidates), (link) -> {
			this.accepted.add(link);
			return new RecordingReceiver();
		}, (endpoint, acceptor) -> {
			this.acceptors.put(endpoint, acceptor);
			return this.dialed.computeIfAbsent(endpoint, (each) -> new CompletableFuture<>());
		}, this.later::add).run();
	}

	/**
	 * Lets the node at an address answer.
	 */
	private void answer(Endpoint endpoint) {
		Link link = openLink();
		try {
			this.acceptors.get(endpoint).accept(link);
			this.dialed.get(endpoint).complete(link);
		}
		catch (ConnectionRefusedException ex) {
			this.dialed.get(endpoint).completeExceptionally(ex);
		}
	}

	private Link openLink() {
		ServiceName service = new ServiceName("test", "s" + this.services.incrementAndGet());
		ProcessSettings settings = new ProcessSettings(io.adaptive.settings.Limits.DEFAULT,
				io.adaptive.internal.wire.Codecs.available("fory").preferred(), false);
		this.space.publish(service, INSTANCE, settings, (link) -> new RecordingReceiver());
		return this.space
			.dial(new ServiceInstance(service, INSTANCE, Scope.PROCESS, new Endpoint.InProcess(INSTANCE)), INSTANCE,
					settings, (link) -> new RecordingReceiver())
			.join();
	}

	private void refuse(Endpoint endpoint, ErrorCode code) {
		this.dialed.get(endpoint).completeExceptionally(new ConnectionRefusedException(code, "refused by " + endpoint));
	}

	@Test
	void theNextAddressIsTriedWhenOneFails() throws Exception {
		CompletableFuture<Link> link = race(A, B, C);
		assertThat(this.dialed).containsOnlyKeys(A);
		refuse(A, ErrorCode.UNAVAILABLE);
		assertThat(this.dialed).containsKeys(A, B);
		answer(B);
		assertThat(link.get(30, TimeUnit.SECONDS)).isSameAs(this.accepted.get(0));
	}

	@Test
	void theNextAddressIsTriedWhenOneIsSilent() throws Exception {
		CompletableFuture<Link> link = race(A, B);
		assertThat(this.dialed).containsOnlyKeys(A);
		this.later.remove().run();
		assertThat(this.dialed).containsOnlyKeys(A, B);
		answer(B);
		assertThat(link.get(30, TimeUnit.SECONDS)).isSameAs(this.accepted.get(0));
		answer(A);
		assertThat(this.accepted).hasSize(1);
		assertThat(this.dialed.get(A)).isCompletedExceptionally();
	}

	@RepeatedTest(100)
	void ofManyThatAnswerAtOnceOneWins() throws Exception {
		List<Endpoint> candidates = new ArrayList<>(List.of(A, B, C));
		CompletableFuture<Link> link = race(A, B, C);
		AtomicInteger number = new AtomicInteger();
		this.dialed.computeIfAbsent(B, (each) -> new CompletableFuture<>());
		this.dialed.computeIfAbsent(C, (each) -> new CompletableFuture<>());
		LinkAcceptor same = this.acceptors.get(A);
		this.acceptors.putIfAbsent(B, same);
		this.acceptors.putIfAbsent(C, same);
		ParallelThreads.run(3, (thread) -> answer(candidates.get(number.getAndIncrement())));
		assertThat(this.accepted).hasSize(1);
		assertThat(link.isDone() || this.dialed.values().stream().anyMatch((each) -> !each.isCompletedExceptionally()))
			.isTrue();
	}

	@Test
	void whereAllFailTheReasonsAreAllTold() {
		CompletableFuture<Link> link = race(A, B);
		refuse(A, ErrorCode.UNAVAILABLE);
		refuse(B, ErrorCode.UNIMPLEMENTED);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> link.get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(ConnectionRefusedException.class)
			.satisfies((ex) -> assertThat(((ConnectionRefusedException) ex.getCause()).code())
				.isEqualTo(ErrorCode.UNIMPLEMENTED))
			.havingCause()
			.withMessageContaining("192.0.2.1")
			.withMessageContaining("192.0.2.2");
	}

}
