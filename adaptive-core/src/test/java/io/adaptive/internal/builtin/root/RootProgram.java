package io.adaptive.internal.builtin.root;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.ProviderId;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.RootRegistrySettings;

/**
 * A root registry in a program of its own.
 */
final class RootProgram {

	static final String UP = "registry is up";

	private RootProgram() {
	}

	static String freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return String.valueOf(socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the times, of which a third argument is the lease in seconds.
	 */
	private static LeaseTimes times(String[] arguments) {
		return (arguments.length > 2) ? new LeaseTimes(Duration.ofSeconds(Long.parseLong(arguments[2])),
				LeaseTimes.DEFAULT.renewal(), LeaseTimes.DEFAULT.protection()) : LeaseTimes.DEFAULT;
	}

	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.providerId(new ProviderId("root"))
			.scopes(Set.of())
			.listen("127.0.0.1", Integer.parseInt(arguments[0]))
			.rootRegistry(new RootRegistrySettings(Path.of(arguments[1]), times(arguments)))
			.build();
		System.out.println(UP);
		ChildJvm.awaitEndOfInput();
		node.close();
	}

}
