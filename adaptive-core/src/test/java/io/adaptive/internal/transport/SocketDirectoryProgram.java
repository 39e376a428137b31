package io.adaptive.internal.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;

/**
 * A program with a place in a socket directory.
 */
final class SocketDirectoryProgram {

	private SocketDirectoryProgram() {
	}

	/**
	 * Takes a place and publishes services.
	 * @param arguments the directory, the incarnation, and the services' names
	 */
	public static void main(String[] arguments) throws Exception {
		SocketDirectory directory = new SocketDirectory(Path.of(arguments[0]));
		Instance instance = new Instance(new ProviderId("child"), Long.parseLong(arguments[1]));
		try (SocketPlace place = directory.claim(instance)) {
			Files.createFile(place.socket());
			for (String service : List.of(arguments).subList(2, arguments.length)) {
				place.publish(new ServiceName("test", service));
			}
			System.out.println("ready");
			ChildJvm.awaitEndOfInput();
		}
	}

}
