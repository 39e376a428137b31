package io.adaptive.internal.node;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import io.adaptive.builtin.ObservedAddress;
import io.adaptive.builtin.ProviderInfo;
import io.adaptive.builtin.RegistryInfo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.builtin.ServiceLister;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ProviderId;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every node tells of itself and what it sees, asked as any other service.
 */
class BuiltinServicesTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service echo() {
		return Service.named("test", "echo").handle(Note.class, (note) -> note);
	}

	private AdaptiveClient client(Scope scope) {
		return this.nodes.node(scope).newClient().discoverTimeout(LONG);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theProviderIdOfTheMachineIsTold(Scope scope) {
		ProviderId id = new ProviderId("rack-7");
		this.nodes.node((builder) -> builder.providerId(id), scope).newServer().publish(echo());
		try (Connection connection = client(scope).discover(ProviderInfo.SERVICE)) {
			assertThat(connection.sendRecv(new ProviderInfo.Query(), ProviderInfo.class))
				.isEqualTo(new ProviderInfo("rack-7"));
			assertThat(connection.sendRecv(new WorkerQuery(), WorkerStatistics.class).cpus()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aProgramThatWasToldItsRegistriesTellsTheOthersAtOnce(Scope scope) {
		List<Endpoint.Tcp> registries = List.of(new Endpoint.Tcp("127.0.0.1", 1), new Endpoint.Tcp("::1", 2));
		this.nodes.node((builder) -> builder.registries(registries), Scope.PROCESS, Scope.OS);
		try (Connection connection = client(scope).discover(RegistryInfo.SERVICE)) {
			assertThat(connection.sendRecv(new RegistryInfo.Query(), RegistryInfo.class).endpoints())
				.isEqualTo(registries);
		}
	}

	@Test
	void aProgramThatWasNotToldFindsTheRegistryThroughOneThatWas() {
		AdaptiveNode untold = this.nodes.node((builder) -> builder.scopes(EnumSet.of(Scope.OS, Scope.WAN)).listen(0),
				Scope.OS);
		assertThat(untold.registries()).isEmpty();
		AdaptiveNode root = this.nodes.node((builder) -> builder.listen(0)
			.rootRegistry(new RootRegistrySettings(this.nodes.directory().resolveSibling("root"))));
		Endpoint.Tcp address = root.tcpEndpoint().orElseThrow();
		AdaptiveNode told = this.nodes.node((builder) -> builder.registries(List.of(address)).listen(0), Scope.OS,
				Scope.WAN);
		told.newServer().publish(echo().scopes(Scope.WAN));
		try (Connection connection = untold.newClient().discoverTimeout(LONG).discover("test", "echo")) {
			assertThat(connection.info().scope()).isEqualTo(Scope.WAN);
			assertThat(connection.sendRecv(new Note("hi"), Note.class)).isEqualTo(new Note("hi"));
		}
		assertThat(untold.registries()).singleElement()
			.satisfies((status) -> assertThat(status.address()).isEqualTo(address));
	}

	@Test
	void servicesAreListedScopeByScope() {
		AdaptiveNode server = this.nodes.node(Scope.PROCESS, Scope.OS);
		server.newServer().publish(echo());
		server.newServer().publish(Service.named("other", "thing"));
		try (Connection connection = client(Scope.OS).discover(ServiceLister.SERVICE)) {
			ServiceLister.Listing all = connection.sendRecv(new ServiceLister.Query("te*", "*", List.of()),
					ServiceLister.Listing.class);
			assertThat(all.total()).isEqualTo(2);
			assertThat(all.services()).extracting(ServiceLister.Listed::scope).containsExactly(Scope.PROCESS, Scope.OS);
			assertThat(all.services()).allSatisfy((listed) -> {
				assertThat(listed.publisher()).isEqualTo("test");
				assertThat(listed.name()).isEqualTo("echo");
				assertThat(listed.provider()).isEqualTo(server.instance().provider().value());
				assertThat(listed.incarnation()).isEqualTo(server.instance().incarnation());
				assertThat(listed.proxied()).isFalse();
			});
			assertThat(all.services().get(1).addresses()).singleElement()
				.satisfies((address) -> assertThat(address).startsWith("unix:"));
			assertThat(connection
				.sendRecv(new ServiceLister.Query("*", "*", List.of(Scope.OS)), ServiceLister.Listing.class)
				.services()).extracting(ServiceLister.Listed::name).contains("echo", "thing", "providerInfo");
		}
	}

	@Test
	void aPatternThatNoNameCanMatchIsTheCallersError() {
		this.nodes.node(Scope.OS).newServer().publish(echo());
		try (Connection connection = client(Scope.OS).discover(ServiceLister.SERVICE)) {
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> connection.sendRecv(new ServiceLister.Query("a/b", "*", List.of()),
						ServiceLister.Listing.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
		}
	}

	@Test
	void aCallerIsToldItsAddress() {
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		server.newServer().publish(echo());
		try (Connection connection = client(Scope.OS).connect(server.tcpEndpoint().orElseThrow(),
				ObservedAddress.SERVICE)) {
			ObservedAddress observed = connection.sendRecv(new ObservedAddress.Query(), ObservedAddress.class);
			assertThat(observed.host()).isEqualTo("127.0.0.1");
			assertThat(observed.port()).isPositive();
		}
	}

	@Test
	void twoNodesOfOneProcessBothPublish() {
		this.nodes.node(Scope.PROCESS, Scope.OS).newServer().publish(echo());
		this.nodes.node(Scope.PROCESS, Scope.OS).newServer().publish(Service.named("test", "other"));
		assertThat(client(Scope.OS).discoverAll(io.adaptive.message.ServicePattern.of(ProviderInfo.SERVICE)))
			.hasSize(2);
	}

	record Note(String text) {
	}

}
