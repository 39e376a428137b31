package io.adaptive.boot.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the failure analyzers: what a user reads when an application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzerTests {

	@Test
	void handlersOfTwoBeansForOneMessageNameBothMethodsAndBeans(CapturedOutput output) {
		assertStartFails(FirstEcho.class, SecondEcho.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsSubsequence("Description:", "Service example/echo has two handlers for message",
					"echo(Echo) of bean '", "FirstEcho' and echo(Echo) of bean '", "SecondEcho'.", "Action:",
					"or give one of the beans a service name of its own.");
	}

	@Test
	void servicePublishedElsewhereNamesTheOneBeanAndTheOtherPossibilities(CapturedOutput output) {
		assertStartFails(FirstEcho.class, ProgrammaticEcho.class);
		assertThat(output).contains("Service example/echo is already published")
			.containsSubsequence("The beans of this application context that publish it:", "\t- ", "FirstEcho")
			.contains("Look for code that publishes it with AdaptiveServer, or for another application context")
			.contains("a bean of type %s ".formatted(ProcessSpace.class.getName()))
			.contains("adaptive.os.socket-directory");
	}

	@Test
	void wrongHandlerNamesBeanMethodAndAction(CapturedOutput output) {
		assertStartFails(WrongHandler.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsSubsequence("Description:", "@MessageHandler method nothing() of bean", "takes no message.",
					"Action:", "Add the message it handles as a parameter.");
	}

	@Test
	void serviceForScopesThatTheApplicationHasNotNamesBoth(CapturedOutput output) {
		assertStartFails(FarEcho.class);
		assertThat(output).containsSubsequence("Description:",
				"Service example/echo is for scopes [LAN, WAN], of which this application has none: it has [PROCESS].",
				"Action:", "Add one of them to adaptive.scopes, or to its @AdaptiveService one");
	}

	@Test
	void wrongNameToDiscoverNamesTheInjectionPoint(CapturedOutput output) {
		assertStartFails(WrongName.class);
		assertThat(output).containsSubsequence("Description:",
				"@Discover on parameter 0 of the constructor in " + WrongName.class.getName(), "contains '*'",
				"Action:", "Write the publisher and the name as the service's @AdaptiveService has them, or inject "
						+ "List<Connection> or Flux<Connection>.");
	}

	@Test
	void codecWithoutItsLibraryNamesTheLibrary(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--adaptive.codec=cbor"));
		assertThat(output).containsSubsequence("Description:",
				"The properties adaptive.* do not fit this application: There is no payload codec \"cbor\"",
				"cbor needs tools.jackson.dataformat:jackson-dataformat-cbor.", "Action:", "add what it needs");
	}

	@Test
	void propertyOutOfRangeNamesItsGroupAndTheRule(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--adaptive.link.stream-credit=1KB"));
		assertThat(output).containsSubsequence("Description:", "adaptive.link",
				"The credit of a stream is 16384 to 2147483647 bytes, not 1024", "Action:");
	}

	@ParameterizedTest
	@CsvSource({ "adaptive.drain-timeout, -1s, 'The drain timeout is at least 0 ms, not -1 s'",
			"adaptive.services.echo.drain-timeout, -2s, 'The drain timeout is at least 0 ms, not -2 s'",
			"adaptive.discover-timeout, -1s, 'The time to wait for a service is at least 0 ms, not -1 s'",
			"adaptive.link.max-message-size, 1B, 'A message limit is 256 to 2147483647 bytes, not 1'",
			"adaptive.root-registry.lease-time, 3s, 'A lease lasts for at least two renewals'",
			"adaptive.listen.relayed-by, gate.test:0, 'A reverse proxy has a port of its own'" })
	void valueOutOfRangeEndsTheStartWithItsRule(String property, String value, String rule, CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--%s=%s".formatted(property, value)));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:", rule, "Action:");
	}

	@ParameterizedTest
	@CsvSource({ "adaptive.registry.addresses=root.test:0, 'not 0'", "adaptive.registry.addresses=:7200, 'not \"\"'",
			"adaptive.registry.addresses=root.test:, 'the port is \"\"'",
			"adaptive.registry.addresses=root.test:72OO, 'the port is \"72OO\"'",
			"adaptive.registry.addresses=root.test:70000, 'not 70000'",
			"adaptive.registry.addresses=root.test:720000, 'the port is \"720000\"'",
			"adaptive.registry.addresses=http://root.test, 'the port is \"//root.test\"'",
			"adaptive.registry.addresses=root.test/7200, 'not \"root.test/7200\"'",
			"adaptive.registry.addresses=root test, 'not \"root test\"'",
			"adaptive.registry.addresses=10.0.0.256, 'no host \"10.0.0.256\"'",
			"adaptive.registry.addresses=root..test:7200, 'no host \"root..test\"'",
			"adaptive.registry.addresses=-root.test, 'no host \"-root.test\"'",
			"adaptive.registry.addresses=[2001:db8::7:7200, 'not \"[2001:db8::7\"'",
			"adaptive.registry.addresses=[root]:7200, 'not \"root\"'",
			"adaptive.listen.relayed-by=gate.test:x, 'the port is \"x\"'",
			"adaptive.lan.seeds=far.test:x, 'the port is \"x\"'" })
	void addressThatIsAMistakeNamesPropertyBadPartAndWhatIsRight(String setting, String bad, CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--" + setting));
		String property = setting.substring(0, setting.indexOf('='));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:", property,
				setting.substring(setting.indexOf('=') + 1), bad, "Action:", property, "root.example.org:",
				"[2001:db8::7]:");
	}

	@Test
	void theSecondAddressOfAListIsNamed(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> application().run("--adaptive.registry.addresses=root.test,root.test:0"));
		assertThat(output).containsSubsequence("Description:", "adaptive.registry.addresses[1] is \"root.test:0\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:1", "nowhere.invalid", "[::1]:1", "root_1.invalid.:7200", "::1" })
	void addressThatIsNotReachedEndsNoStart(String address) {
		application().run("--adaptive.scopes=process,wan", "--adaptive.registry.addresses=" + address).close();
	}

	@Test
	void portThatIsTakenNamesTheAddressAndTheProperties(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatException()
				.isThrownBy(() -> application(FirstEcho.class).run("--adaptive.listen.port=" + taken.getLocalPort()));
			assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
					"Cannot listen on tcp:127.0.0.1:" + taken.getLocalPort(), "Action:", "adaptive.listen.port");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwxrwx", "rwxr-xr-x" })
	void socketDirectoryThatIsASharedPlaceIsLeftAsItIs(String permissions, @TempDir Path temporary,
			CapturedOutput output) throws IOException {
		Path place = Files.createDirectory(temporary.resolve("place"));
		Files.createFile(place.resolve("letter.txt"));
		Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
		assertStartFailsIn(place);
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"Socket directory %s may be entered by other users (%s)".formatted(place, permissions), "Action:",
				"Set adaptive.os.socket-directory to a directory of this user alone");
		assertThat(output).doesNotContain("chmod");
		assertThat(place).isDirectoryContaining((file) -> file.endsWith("letter.txt"));
	}

	@Test
	void theTemporaryDirectoryItselfIsNoSocketDirectory(CapturedOutput output) {
		assertStartFailsIn(Path.of("/tmp"));
		assertThat(output)
			.containsSubsequence("Socket directory /tmp may be entered by other users (rwxrwxrwx)", "Action:")
			.doesNotContain("chmod");
	}

	@Test
	void socketDirectoryOfAnotherUserIsLeftToThatUser(@TempDir Path temporary, CapturedOutput output)
			throws IOException {
		Path place = Files.createDirectory(temporary.resolve("place"));
		Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
		try {
			Files.setAttribute(place, "unix:uid", 65534);
		}
		catch (IOException ex) {
			assumeThat(false).as("only root can give a directory away").isTrue();
		}
		assertStartFailsIn(place);
		assertThat(output).containsSubsequence("Socket directory %s belongs to ".formatted(place), "Action:",
				"adaptive.os.socket-directory");
		assertThat(output).doesNotContain("chmod");
	}

	@Test
	void socketDirectoryThatIsAFileIsLeftThere(@TempDir Path temporary, CapturedOutput output) throws IOException {
		Path file = Files.createFile(temporary.resolve("file"));
		assertStartFailsIn(file);
		assertThat(output).containsSubsequence("Socket directory %s is not a directory.".formatted(file), "Action:",
				"adaptive.os.socket-directory");
		assertThat(file).exists();
	}

	@Test
	void socketDirectoryWithAWrongPathNamesTheRule(CapturedOutput output) {
		assertStartFailsIn(Path.of("run/adaptive"));
		assertThat(output).containsSubsequence("adaptive.os",
				"The path of the socket directory is absolute, so that all programs meet there, not \"run/adaptive\"");
		assertStartFailsIn(Path.of("/tmp/" + "x".repeat(70)));
		assertThat(output).containsSubsequence("adaptive.os", "has a path of 75 bytes, at most 72 are possible",
				"107 on Linux");
	}

	@Test
	void noWritableDirectoryNamesTheProperty(@TempDir Path temporary, CapturedOutput output) {
		String before = System.setProperty("java.io.tmpdir", temporary.resolve("none").toString());
		try {
			assertThatException().isThrownBy(() -> application().run("--adaptive.scopes=os"));
			assertThat(output).containsSubsequence("Socket directory %s".formatted(temporary.resolve("none")),
					"cannot be used: ", "Action:", "Set adaptive.os.socket-directory");
			application().run("--adaptive.scopes=os", "--adaptive.os.socket-directory=" + temporary.resolve("mine"))
				.close();
		}
		finally {
			System.setProperty("java.io.tmpdir", before);
		}
	}

	private static void assertStartFailsIn(Path socketDirectory) {
		assertThatException().isThrownBy(
				() -> application().run("--adaptive.scopes=os", "--adaptive.os.socket-directory=" + socketDirectory));
	}

	@Test
	void connectionWithoutDiscoverIsToldToAddIt(CapturedOutput output) {
		assertStartFails(WithoutDiscover.class);
		assertThat(output).containsSubsequence("Description:",
				"Parameter 0 of constructor in " + WithoutDiscover.class.getName()
						+ " required a connection but names no service.",
				"Action:", "Add @Discover(publisher = \"...\", name = \"...\") there");
	}

	@Test
	void connectionInAnApplicationThatIsSwitchedOffIsToldSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(WithDiscover.class).run("--adaptive.enabled=false"));
		assertThat(output).containsSubsequence("Description:",
				"Parameter 0 of constructor in " + WithDiscover.class.getName()
						+ " required a connection, but discovery is disabled.",
				"Action:", "Remove adaptive.enabled=false");
	}

	@Test
	void listOfConnectionsInAnApplicationThatIsSwitchedOffIsToldSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(WithList.class).run("--adaptive.enabled=false"));
		assertThat(output).containsSubsequence("Description:", "Field all in " + WithList.class.getName(),
				" required a connection, but discovery is disabled", "Action:", "Remove adaptive.enabled=false",
				"@Discover(required = false) or an Optional.");
	}

	@Test
	void clientInterfaceThatIsNotScannedIsToldWhereToBe(CapturedOutput output) {
		assertStartFails(WithClient.class);
		assertThat(output).containsSubsequence("Description:",
				"Parameter 0 of constructor in " + WithClient.class.getName() + " required a client of type "
						+ HelloClient.class.getName() + ", whose interface is not in a scanned package",
				"Action:", "Move it to the package of the main class or one below, or put @AdaptiveClientScan("
						+ "basePackages = \"io.adaptive.boot.autoconfigure\") on a bean.");
	}

	@Test
	void clientInterfaceInAnApplicationThatIsSwitchedOffIsToldSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(WithClient.class).run("--adaptive.enabled=false"));
		assertThat(output).containsSubsequence("Description:",
				"required a client of type " + HelloClient.class.getName() + ", but discovery is disabled.", "Action:",
				"Remove adaptive.enabled=false");
	}

	@Test
	void methodThatCannotBeACallNamesInterfaceMethodAndAction(CapturedOutput output) {
		assertStartFails(WithWrongClient.class);
		assertThat(output).containsSubsequence("Description:",
				"Method hello(String, int) of client interface " + WrongClient.class.getName()
						+ " takes 2 messages instead of one.",
				"Action:",
				"Let it take one message, as the handler of the service does; put several values into a record.");
	}

	private static void assertStartFails(Class<?>... beans) {
		assertThatException().isThrownBy(() -> application(beans).run());
	}

	private static SpringApplicationBuilder application(Class<?>... beans) {
		return new SpringApplicationBuilder(Application.class).sources(beans)
			.web(WebApplicationType.NONE)
			.properties("adaptive.scopes=process");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	static class Application {

		@Bean
		ProcessSpace processSpace() {
			return new ProcessSpace();
		}

	}

	@AdaptiveService(publisher = "example", name = "echo")
	static class FirstEcho extends EchoService {

	}

	@AdaptiveService(publisher = "example", name = "echo")
	static class SecondEcho extends EchoService {

	}

	@AdaptiveService(publisher = "example", name = "echo", scopes = { Scope.WAN, Scope.LAN })
	static class FarEcho extends EchoService {

	}

	@Configuration(proxyBeanMethods = false)
	static class ProgrammaticEcho {

		@Bean
		Publication publication(AdaptiveServer server, AdaptiveNode node) {
			return server.publish(
					Service.named("example", "echo").handle(Echo.class, (Echo echo) -> echo).scopes(Scope.PROCESS));
		}

	}

	@AdaptiveService(publisher = "example", name = "echo")
	static class WrongHandler {

		@MessageHandler
		void nothing() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrongName {

		WrongName(@Discover(publisher = "example", name = "*") Connection echo) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithDiscover {

		WithDiscover(@Discover(publisher = "example", name = "echo") Connection echo) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutDiscover {

		WithoutDiscover(Connection connection) {
		}

	}

	static class WithList {

		@Discover(publisher = "example", name = "*")
		private List<Connection> all = List.of();

	}

	@Discover(publisher = "example", name = "hello")
	interface HelloClient {

		Echo hello(Echo echo);

	}

	static class WithClient {

		WithClient(HelloClient hello) {
		}

	}

	interface WrongClient {

		Echo hello(String name, int times);

	}

	static class WithWrongClient {

		WithWrongClient(@Discover(publisher = "example", name = "hello") WrongClient hello) {
		}

	}

}
