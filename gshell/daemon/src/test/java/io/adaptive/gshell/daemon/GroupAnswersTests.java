package io.adaptive.gshell.daemon;

import java.io.IOException;

import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.daemon.DaemonFixture.Result;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A group that fails, as a node of the test, to a daemon.
 */
@Tag("slow")
class GroupAnswersTests {

	private DaemonFixture fixture;

	private AdaptiveNode group;

	@BeforeEach
	void start() throws IOException {
		this.fixture = DaemonFixture.start();
		this.group = AdaptiveNode.builder().socketDirectory(this.fixture.sockets()).build();
	}

	@AfterEach
	void stop() throws IOException {
		this.group.close();
		this.fixture.close();
	}

	/** Knows one request only. */
	private void publishFailing() {
		this.group.newServer().publish(Service.named("gshell", "grg-broken-1").handle(ListJobs.class, (request) -> {
			throw new IllegalStateException("no luck");
		}).scopes(Scope.OS));
	}

	@Test
	void aGroupThatFailsIsNotToldToBeSilent() {
		publishFailing();
		Result jobs = this.fixture.gsh("ps");
		assertThat(jobs.err()).startsWith("The group broken-1 has failed: ")
			.endsWith("; look at: gsh log broken-1\n")
			.contains("no luck")
			.doesNotContain("has not answered");
		assertThat(jobs.status()).isEqualTo(ExitStatus.FAILED);
		Result stop = this.fixture.gsh("stop", "cafe");
		assertThat(stop.err()).contains("cafe").contains("; The group broken-1 has failed: ", "no luck");
		Result one = this.fixture.gsh("ps", "cafe");
		assertThat(one.err()).contains("cafe").contains("The group broken-1 has failed: ", "no luck");
		assertThat(one.status()).isEqualTo(ExitStatus.NOT_FOUND);
		Result services = this.fixture.gsh("list");
		assertThat(services.err()).startsWith("The group broken-1 has failed: ").doesNotContain("has not answered");
		assertThat(services.status()).isEqualTo(ExitStatus.FAILED);
	}

}
