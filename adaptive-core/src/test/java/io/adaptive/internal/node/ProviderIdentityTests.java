package io.adaptive.internal.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import io.adaptive.fixture.ParallelThreads;
import io.adaptive.internal.transport.NodeEntries;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketPlace;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ProviderIdentityTests {

	private static final ProviderId RACK_7 = new ProviderId("rack-7");

	@TempDir
	private Path temporary;

	private SocketDirectory directory;

	@BeforeEach
	void openDirectory() {
		this.directory = new SocketDirectory(this.temporary.resolve("s"));
	}

	private SocketPlace otherProgram(ProviderId provider) {
		SocketPlace place = this.directory.claim(new Instance(provider, 1));
		place.publish(new ServiceName("acme", "clock"));
		return place;
	}

	@Test
	void whatIsConfiguredCounts() {
		assertThat(ProviderIdentity.decide(RACK_7, null)).isEqualTo(RACK_7);
		assertThat(ProviderIdentity.decide(RACK_7, this.directory)).isEqualTo(RACK_7);
	}

	@Test
	void theIdOfTheMachineIsKnownWithoutANode() {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder().socketDirectory(this.directory.path());
		ProviderId own = builder.chooseProviderId();
		assertThat(own).isEqualTo(ProviderIdentity.decide(null, this.directory));
		SocketPlace told = otherProgram(RACK_7);
		assertThat(builder.chooseProviderId()).isEqualTo(RACK_7);
		told.close();
		assertThat(builder.chooseProviderId()).isEqualTo(own);
		// Nothing is there that a node would leave as long as it lives.
		assertThat(new NodeEntries(this.directory).identities()).isEmpty();
		assertThat(builder.providerId(RACK_7).chooseProviderId()).isEqualTo(RACK_7);
	}

	@Test
	void oneProgramOfTheMachineIsToldAndTheOthersGiveTheSame() {
		SocketPlace told = otherProgram(RACK_7);
		assertThat(ProviderIdentity.decide(null, this.directory)).isEqualTo(RACK_7);
		assertThat(ProviderIdentity.decide(RACK_7, this.directory)).isEqualTo(RACK_7);
		told.close();
		assertThat(ProviderIdentity.decide(null, this.directory)).isNotEqualTo(RACK_7);
	}

	@Test
	void whatContradictsTheProgramsThatRunIsRefused() {
		SocketPlace other = otherProgram(new ProviderId("rack-8"));
		assertThatIllegalArgumentException().isThrownBy(() -> ProviderIdentity.decide(RACK_7, this.directory))
			.withMessageContaining("rack-7")
			.withMessageContaining("rack-8")
			.withMessageContaining("acme/clock");
		other.close();
		assertThat(ProviderIdentity.decide(RACK_7, this.directory)).isEqualTo(RACK_7);
	}

	@Test
	void withoutConfigurationAMachineKeepsItsId() {
		assertThat(ProviderIdentity.decide(null, this.directory))
			.isEqualTo(ProviderIdentity.decide(null, this.directory));
	}

	@Test
	void aRandomIdIsRemembered() {
		ProviderId drawn = ProviderIdentity.remembered(this.directory);
		assertThat(ProviderIdentity.remembered(this.directory)).isEqualTo(drawn);
		assertThat(ProviderIdentity.remembered(null)).isNotEqualTo(drawn);
	}

	@RepeatedTest(20)
	void programsThatDrawAtTheSameTimeAgree() throws Exception {
		Set<ProviderId> drawn = Collections.synchronizedSet(new HashSet<>());
		ParallelThreads.run(8, (number) -> drawn.add(ProviderIdentity.remembered(this.directory)));
		assertThat(drawn).hasSize(1);
		try (var files = Files.list(this.directory.path())) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	void aRememberedIdThatCannotBeReadIsAnErrorThatNamesTheFile() throws IOException {
		Files.writeString(this.directory.path().resolve("provider-id"), "no id\n");
		assertThatIllegalStateException().isThrownBy(() -> ProviderIdentity.remembered(this.directory))
			.withMessageContaining("provider-id")
			.withMessageContaining("remove");
	}

}
