package io.adaptive.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.adaptive.internal.message.Deadline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LifeCycleTests {

	private final LifeCycle life = new LifeCycle(UnaryOperator.identity());

	private final List<String> events = new ArrayList<>();

	private NodePart part(String name) {
		return NodePart.named(name)
			.startedBy(() -> this.events.add("start " + name))
			.leftBy((limit) -> this.events.add("leave " + name))
			.closedBy((limit) -> this.events.add("close " + name));
	}

	@Test
	void partsStartInOrderThenAllLeaveThenAllCloseBackwards() {
		this.life.add(part("one"));
		this.life.add(part("two"));
		this.life.start();
		this.life.close(Deadline.NEVER);
		assertThat(this.events).containsExactly("start one", "start two", "leave two", "leave one", "close two",
				"close one");
	}

	@Test
	void aPartThatFailsToStartKeepsLaterOnesFromStarting() {
		this.life.add(part("one"));
		this.life.add(part("two").startedBy(() -> {
			throw new IllegalStateException("no");
		}));
		this.life.add(part("three"));
		assertThatIllegalStateException().isThrownBy(this.life::start).withMessage("no");
		assertThat(this.events).containsExactly("start one");
	}

	@Test
	void aPartThatFailsToEndKeepsNoOtherOpen() {
		this.life.add(part("one"));
		this.life.add(part("two").closedBy((limit) -> {
			throw new IllegalStateException("two");
		}));
		this.life.add(part("three").leftBy((limit) -> {
			throw new IllegalStateException("three");
		}));
		assertThatIllegalStateException().isThrownBy(() -> this.life.close(Deadline.NEVER))
			.withMessage("three")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.satisfies((each) -> assertThat(each).hasMessage("two")));
		assertThat(this.events).containsExactly("leave two", "leave one", "close three", "close one");
	}

	@Test
	void anErrorOfAPartKeepsNoOtherOpen() {
		this.life.add(part("one"));
		this.life.add(part("two").closedBy((limit) -> {
			throw new NoClassDefFoundError("two");
		}));
		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> this.life.close(Deadline.NEVER));
		assertThat(this.events).containsExactly("leave two", "leave one", "close one");
		IllegalStateException reason = new IllegalStateException("no start");
		this.life.abandon(reason);
		assertThat(reason.getSuppressed()).singleElement().isInstanceOf(NoClassDefFoundError.class);
	}

	@Test
	void allPartsCloseWithinOneDeadline() {
		List<Deadline> deadlines = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			this.life.add(NodePart.named("part").leftBy(deadlines::add).closedBy(deadlines::add));
		}
		Deadline limit = Deadline.in(Duration.ofSeconds(1));
		this.life.close(limit);
		assertThat(deadlines).hasSize(6).containsOnly(limit);
	}

	@Test
	void withoutALimitWhatComesAfterTheServicesHasOne() {
		List<Deadline> deadlines = new ArrayList<>();
		this.life.add(NodePart.named("part").leftBy(deadlines::add).closedBy(deadlines::add));
		this.life.close(Deadline.NEVER);
		assertThat(deadlines.get(0)).isEqualTo(Deadline.NEVER);
		assertThat(deadlines.get(1).nanos()).isEqualTo(LifeCycle.CLOSE_TIMEOUT.toNanos());
	}

}
