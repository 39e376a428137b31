package io.adaptive.network;

import java.time.Duration;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.NetworkLab;
import io.adaptive.network.lab.Program;
import io.adaptive.network.program.ClientProgram;
import io.adaptive.network.program.ServiceProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds between hosts before anything is discovered.
 */
class KnownAddressTests {

	private static final int RATE = 200;

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	@Test
	void aServiceOfAnotherHostIsCalledAtItsAddress() {
		Lan lan = this.lab.lan("lan", "10.1.0");
		Host server = this.lab.host("server", lan);
		server.run(ServiceProgram.class, "port=7001").await("published");
		Program client = this.lab.host("client", lan)
			.run(ClientProgram.class, "rate=" + RATE, "to=" + server.address(lan) + ":7001");
		client.await("answered", Duration.ofSeconds(120), (event) -> event.has("by", "server"));
		assertThat(client.ask("path", "path").has("scope", "LAN")).isTrue();
		Calls calls = Calls.end(client, RATE);
		assertThat(calls.answered()).isPositive();
		assertThat(calls.failed()).isZero();
	}

}
