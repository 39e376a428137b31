package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link LinkContractTests} within a process.
 */
class ProcessLinkTests extends LinkContractTests {

	private static final ServiceInstance TARGET = new ServiceInstance(SERVICE, SERVER, Scope.PROCESS,
			new Endpoint.InProcess(SERVER));

	private final ProcessTable space = new ProcessTable();

	private final ProcessSettings settings = new ProcessSettings(Limits.DEFAULT, new ForyCodec(), copied());

	boolean copied() {
		return false;
	}

	@Override
	AutoCloseable listen(LinkAcceptor acceptor) {
		return this.space.publish(SERVICE, SERVER, this.settings, acceptor);
	}

	@Override
	CompletableFuture<Link> dial(LinkAcceptor acceptor) {
		return this.space.dial(TARGET, CLIENT, this.settings, acceptor);
	}

	@Test
	void messagesAreHandedOverByReferenceUnlessCopiesAreWanted() {
		Ends ends = open();
		Blob blob = Blob.ofSize(10);
		ends.client().send(message(1, blob));
		Envelope received = ends.server().received().awaitEnvelopes(1).get(0);
		assertThat(decoded(received, Blob.class) == blob).isNotEqualTo(copied());
		assertThat(decoded(received, Blob.class).bytes()).isEqualTo(blob.bytes());
		ends.close();
	}

}
