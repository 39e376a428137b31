package io.adaptive.internal.builtin.root;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.adaptive.internal.registry.Position;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client makes of what a registry tells.
 */
class KnownNodesTests {

	private final KnownNodes known = new KnownNodes("registry.example");

	private static NodeServices node(int number, long epoch, String... services) {
		return new NodeServices("node", number, epoch, List.of(new NodeContact("10.0.0." + number, 7000, "", 0)),
				List.of(services));
	}

	private static RegistryUpdate update(long incarnation, boolean fresh, boolean complete, boolean settled,
			NodeServices... nodes) {
		return new RegistryUpdate(incarnation, 5, fresh, complete, settled, List.of(nodes));
	}

	@BeforeEach
	void open() {
		this.known.open(this);
	}

	private List<Instance> update(RegistryUpdate update) {
		return this.known.update(this, update);
	}

	private Set<Long> found(String pattern) {
		Set<ServiceInstance> found = new HashSet<>();
		this.known.collect(new ServicePattern("a", pattern), found::add);
		return found.stream().map((each) -> each.instance().incarnation()).collect(Collectors.toSet());
	}

	private static Instance instance(int number) {
		return new Instance(new ProviderId("node"), number);
	}

	@Test
	void aSnapshotReplacesWhatWasKnownOnceItIsComplete() {
		update(update(1, true, true, true, node(1, 1, "a/x"), node(2, 2, "a/x")));
		assertThat(found("*")).containsExactlyInAnyOrder(1L, 2L);
		assertThat(update(update(1, true, false, true, node(3, 3, "a/x")))).isEmpty();
		assertThat(found("*")).containsExactlyInAnyOrder(1L, 2L, 3L);
		assertThat(update(update(1, false, true, true, node(2, 2, "a/x", "a/y")))).containsExactly(instance(1));
		assertThat(found("*")).containsExactlyInAnyOrder(2L, 3L);
		assertThat(found("y")).containsExactly(2L);
	}

	@Test
	void aPositionCountsOnlyWhenASnapshotIsComplete() {
		assertThat(this.known.open(this)).isEqualTo(Position.NONE);
		update(update(1, true, false, true, node(1, 1, "a/x")));
		assertThat(this.known.isLive()).isFalse();
		assertThat(this.known.open(this)).isEqualTo(Position.NONE);
		update(update(1, true, false, true, node(1, 1, "a/x")));
		update(update(1, false, true, true));
		assertThat(this.known.open(this)).isEqualTo(new Position(1, 5));
		assertThat(this.known.isLive()).isTrue();
	}

	@Test
	void aRegistryThatHasJustStartedTakesNothingAwayUntilAllHadTimeToCome() {
		update(update(1, true, true, true, node(1, 70, "a/x"), node(2, 71, "a/x"), node(3, 72, "a/x")));
		assertThat(update(update(2, true, true, false))).isEmpty();
		assertThat(found("*")).containsExactlyInAnyOrder(1L, 2L, 3L);
		update(update(2, false, true, false, node(2, 1, "a/x")));
		assertThat(update(update(2, false, true, true))).containsExactlyInAnyOrder(instance(1), instance(3));
		assertThat(found("*")).containsExactly(2L);
	}

	@Test
	void aNodeThatOffersNothingMoreIsGoneUnlessThatWasBeforeItCameBack() {
		update(update(1, true, true, true, node(1, 8, "a/x")));
		assertThat(update(update(1, false, true, true, node(1, 7)))).isEmpty();
		assertThat(found("*")).containsExactly(1L);
		assertThat(update(update(1, false, true, true, node(1, 8)))).containsExactly(instance(1));
		assertThat(found("*")).isEmpty();
	}

	@Test
	void theHostOfTheRegistryIsTheOneByWhichItWasReached() {
		update(update(1, true, true, true, new NodeServices("node", 1, 1,
				List.of(new NodeContact("", 7001, "", 0), new NodeContact("", 7002, "proxy", 4)), List.of("a/x"))));
		this.known.collect(ServicePattern.ALL,
				(each) -> assertThat(each.endpoints()).containsExactly(new Endpoint.Tcp("registry.example", 7001),
						new Endpoint.Relayed(new Endpoint.Tcp("registry.example", 7002),
								new Instance(new ProviderId("proxy"), 4))));
	}

	@Test
	void whatARegistryMayNotSayIsRefused() {
		for (NodeServices wrong : List.of(new NodeServices("", 1, 1, List.of(), List.of("a/x")),
				new NodeServices("node", 1, 1, List.of(), List.of("a/x")), node(1, 1, "nonsense"),
				new NodeServices("node", 1, 1, List.of(new NodeContact("no host", 1, "", 0)), List.of("a/x")))) {
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> update(update(1, true, true, true, wrong)));
		}
		assertThat(found("*")).isEmpty();
	}

}
