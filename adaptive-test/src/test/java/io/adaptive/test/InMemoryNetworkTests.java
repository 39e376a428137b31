package io.adaptive.test;

import java.time.Duration;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InMemoryNetworkTests {

	// tag::plain[]
	@AutoClose
	private final InMemoryNetwork network = new InMemoryNetwork();

	@Test
	void aClientFindsAServiceOfAnotherNode() {
		AdaptiveNode server = this.network.newNode();
		server.newServer()
			.publish(Service.named("example", "echo").handle(Echo.class, (echo) -> new Echo(echo.text() + "!")));

		AdaptiveNode client = this.network.newNode();
		Connection connection = client.newClient().discover("example", "echo");
		assertThat(connection.sendRecv(new Echo("hello"), Echo.class)).isEqualTo(new Echo("hello!"));
	}
	// end::plain[]

	@Test
	void nodesAreMachinesOfTheirOwnThatMeetInTheProcessOnly() {
		AdaptiveNode one = this.network.newNode();
		AdaptiveNode other = this.network.newNode((settings) -> settings.listen(0));
		assertThat(one.instance().provider()).hasToString("test-1");
		assertThat(other.instance().provider()).hasToString("test-2");
		assertThat(other.scopes()).containsExactly(Scope.PROCESS);
	}

	@Test
	void whatIsForAnotherScopeIsPublishedAndFound() {
		this.network.newNode()
			.newServer()
			.publish(Service.named("example", "echo").handle(Echo.class, (echo) -> echo).scopes(Scope.LAN));
		Connection connection = this.network.newNode().newClient().scopes(Scope.WAN).discover("example", "echo");
		assertThat(connection.info().scope()).isEqualTo(Scope.PROCESS);
	}

	@Test
	void networksDoNotMeet() {
		this.network.stub("example", "echo").on(Echo.class).reply((echo) -> echo);
		try (InMemoryNetwork other = new InMemoryNetwork()) {
			assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(
					() -> other.newNode().newClient().discoverTimeout(Duration.ZERO).discover("example", "echo"));
		}
	}

	@Test
	void aMessageThatCannotBeEncodedIsFound() {
		this.network.stub("example", "any").on(Any.class).replyWith(new Any(new Stranger()));
		Connection connection = connect("any");
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> connection.sendRecv(new Any(new Stranger()), Any.class));
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Any("encodable"), Any.class))
			.satisfies((ex) -> assertThat(ex.code()).isNotEqualTo(ErrorCode.UNIMPLEMENTED))
			.withMessageContaining("Stranger");
	}

	@Test
	void messagesAreHandedOverByReferenceIfWanted() {
		try (InMemoryNetwork uncopied = new InMemoryNetwork(false)) {
			Any reply = new Any(new Stranger());
			uncopied.stub("example", "any").on(Any.class).replyWith(reply);
			Connection connection = uncopied.newNode().newClient().discover("example", "any");
			assertThat(connection.sendRecv(new Any(new Stranger()), Any.class)).isSameAs(reply);
		}
	}

	private Connection connect(String service) {
		return this.network.newNode().newClient().discover("example", service);
	}

	record Echo(String text) {
	}

	record Any(Object content) {
	}

	static class Stranger {

	}

}
