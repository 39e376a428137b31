package io.adaptive.internal.transport;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.internal.message.Deadline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedTests {

	private final List<String> events = new ArrayList<>();

	private int made;

	private final Shared<String> shared = new Shared<>(this::make,
			(thing, deadline) -> this.events.add("end " + thing));

	private String make() {
		this.made++;
		this.events.add("make " + this.made);
		return Integer.toString(this.made);
	}

	@Test
	void itIsMadeForTheFirstAndEndsWithTheLast() {
		assertThat(this.shared.acquire()).isEqualTo("1");
		assertThat(this.shared.acquire()).isEqualTo("1");
		this.shared.release(Deadline.NEVER);
		assertThat(this.events).containsExactly("make 1");
		assertThat(this.shared.users()).isEqualTo(1);
		this.shared.release(Deadline.NEVER);
		assertThat(this.events).containsExactly("make 1", "end 1");
	}

	@Test
	void afterTheLastItIsMadeAnew() {
		this.shared.acquire();
		this.shared.release(Deadline.NEVER);
		assertThat(this.shared.acquire()).isEqualTo("2");
		assertThat(this.events).containsExactly("make 1", "end 1", "make 2");
	}

}
