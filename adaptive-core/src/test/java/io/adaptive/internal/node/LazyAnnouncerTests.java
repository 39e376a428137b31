package io.adaptive.internal.node;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Announcer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a scope publishes by itself.
 */
class LazyAnnouncerTests {

	private static final ServiceName SERVICE = new ServiceName("test", "first");

	private final List<String> order = new ArrayList<>();

	private final Announcer scope = new Announcer() {
		@Override
		public Scope scope() {
			return Scope.LAN;
		}

		@Override
		public Announcement announce(ServiceName service) {
			LazyAnnouncerTests.this.order.add("service");
			return () -> LazyAnnouncerTests.this.order.add("gone");
		}
	};

	@Test
	void whoeverFindsTheFirstServiceFindsWhatBelongsToTheScope() {
		LazyAnnouncer announcer = new LazyAnnouncer(this.scope, () -> this.order.add("builtin"));
		announcer.announce(SERVICE);
		announcer.announce(SERVICE);
		assertThat(this.order).containsExactly("builtin", "service", "service");
	}

	@Test
	void nothingIsAnnouncedIfWhatBelongsToTheScopeCannotBeAndTheNextServiceTriesAgain() {
		LazyAnnouncer announcer = new LazyAnnouncer(this.scope, () -> {
			this.order.add("builtin");
			if (this.order.size() == 1) {
				throw new IllegalStateException("no port");
			}
		});
		assertThatIllegalStateException().isThrownBy(() -> announcer.announce(SERVICE));
		assertThat(this.order).containsExactly("builtin");
		announcer.announce(SERVICE);
		assertThat(this.order).containsExactly("builtin", "builtin", "service");
	}

}
