package io.adaptive.internal.stream;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A budget that lets no further message wait, and a peer that has one of its own and
 * lacks bytes.
 */
class GrantRulesTests {

	/** More than a peer has of its own. */
	private static final Request REQUEST = new Request(1, (int) Limits.MIN_CREDIT + 1, false, 0);

	/** Bytes with which windows grow no more by themselves. */
	private static final long FULL = 1_000_000;

	/** Grants that may rely on what a silent peer seems to have. */
	private static final int RELIED = 16;

	private final BudgetAccount account = new BudgetAccount(() -> 1, 2 * FULL);

	private final GrantRules rules = new GrantRules(this.account);

	private final WindowAccount window = window();

	private static WindowAccount window() {
		return new WindowAccount(Limits.DEFAULT, true, (credit) -> {
		});
	}

	private void holds(long bytes) {
		this.account.grow(this.window, bytes, 1);
		this.window.allow(0, 1);
	}

	private static Grants grants() {
		return new Grants(new UnusedCredit());
	}

	@Test
	void aRequestThatIsNotGrantedReliesOnNothing() {
		holds(2 * FULL);
		assertThat(this.account.tryBeyond(window(), REQUEST)).isTrue();
		for (int i = 0; i < 2 * RELIED; i++) {
			assertThat(this.rules.tryGrant(this.window, REQUEST, grants())).isFalse();
			assertThat(this.rules.tryBeyond(this.window, REQUEST, grants())).isFalse();
		}
		assertThat(this.window.isReliable()).isTrue();
	}

	@Test
	void aGrantReliesOnTheMessageThatThePeerSeemsToHave() {
		holds(FULL);
		for (int i = 0; i < RELIED; i++) {
			assertThat(this.window.isReliable()).as("grant %s", i).isTrue();
			assertThat(this.rules.tryGrant(this.window, REQUEST, grants())).as("grant %s", i).isTrue();
			this.window.allow(-REQUEST.cost(), 0);
		}
		assertThat(this.window.isReliable()).isFalse();
		assertThat(this.rules.tryGrant(this.window, REQUEST, grants())).isFalse();
	}

}
