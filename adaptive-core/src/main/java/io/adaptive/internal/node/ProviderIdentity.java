package io.adaptive.internal.node;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.adaptive.internal.transport.NodeEntries;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketPlace;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Choice of the provider id of a machine, which has to be the same for all its programs.
 * In this order: the configured id, the id that running programs use, the hardware
 * address of the first network interface, a random id that is stored in the socket
 * directory.
 */
final class ProviderIdentity {

	private static final String REMEMBERED = "provider-id";

	private ProviderIdentity() {
	}

	/**
	 * Chooses the id, and claims a place in the directory if the node has to be visible
	 * from its start.
	 * @param configured the configured id, {@code null} for none
	 * @param seen whether the node has to be visible even without a configured id
	 * @param directory the socket directory of the machine, {@code null} if the node does
	 * not use it
	 * @throws IllegalArgumentException if the configured id contradicts the running
	 * programs
	 */
	static Entry enter(@Nullable ProviderId configured, boolean seen, @Nullable SocketDirectory directory) {
		if (directory == null) {
			return new Entry(newInstance(decide(configured, null)), null, null);
		}
		return directory.exclusively(() -> {
			Instance instance = newInstance(decide(configured, directory));
			return new Entry(instance, directory, (configured != null || seen) ? directory.claim(instance) : null);
		});
	}

	private static Instance newInstance(ProviderId provider) {
		return new Instance(provider, new SecureRandom().nextLong());
	}

	/**
	 * Chooses the id.
	 * @param configured the configured id, {@code null} for none
	 * @param directory the socket directory of the machine, {@code null} if the node does
	 * not use it
	 * @throws IllegalArgumentException if the configured id contradicts the running
	 * programs
	 */
	static ProviderId decide(@Nullable ProviderId configured, @Nullable SocketDirectory directory) {
		Optional<OtherProgram> running = ((directory != null) ? otherPrograms(directory) : Stream.<OtherProgram>empty())
			.filter((each) -> configured == null || !each.provider.equals(configured))
			.min(Comparator.comparingInt(OtherProgram::rank).thenComparing((each) -> each.provider.value()));
		if (configured == null) {
			return running.map(OtherProgram::provider).orElseGet(() -> ofMachine(directory));
		}
		running.ifPresent((other) -> {
			throw new IllegalArgumentException(("The provider id \"%s\" contradicts \"%s\", which programs of this"
					+ " machine give that run now, such as the one that publishes %s; give all of them the same, or"
					+ " configure one and start it first")
				.formatted(configured, other.provider, other.service));
		});
		return configured;
	}

	private static Stream<OtherProgram> otherPrograms(SocketDirectory directory) {
		Stream<OtherProgram> publishing = directory.find(ServicePattern.ALL)
			.stream()
			.map((each) -> new OtherProgram(each.instance().provider(), each.service().isBuiltin() ? 1 : 0,
					each.toString()));
		Stream<OtherProgram> silent = new NodeEntries(directory).identities()
			.values()
			.stream()
			.map((each) -> new OtherProgram(each, 2, "nothing yet"));
		return Stream.concat(publishing, silent);
	}

	private static ProviderId ofMachine(@Nullable SocketDirectory directory) {
		return firstInterface().orElseGet(() -> remembered(directory));
	}

	private static Optional<ProviderId> firstInterface() {
		try {
			return NetworkInterface.networkInterfaces()
				.sorted(Comparator.comparing((NetworkInterface networkInterface) -> !isPhysical(networkInterface))
					.thenComparingInt(NetworkInterface::getIndex))
				.map(ProviderIdentity::hardwareAddress)
				.filter(Objects::nonNull)
				.findFirst()
				.map((address) -> new ProviderId(HexFormat.ofDelimiter(":").formatHex(address)));
		}
		catch (SocketException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns whether an interface is physical, and not a bridge or a tunnel. Known on
	 * Linux only.
	 */
	private static boolean isPhysical(NetworkInterface networkInterface) {
		return Files.exists(Path.of("/sys/class/net", networkInterface.getName(), "device"));
	}

	private static byte @Nullable [] hardwareAddress(NetworkInterface networkInterface) {
		try {
			return (networkInterface.isLoopback() || networkInterface.isVirtual()) ? null
					: networkInterface.getHardwareAddress();
		}
		catch (SocketException ex) {
			// The interface disappeared while it was read.
			return null;
		}
	}

	static ProviderId remembered(@Nullable SocketDirectory directory) {
		ProviderId drawn = new ProviderId(UUID.randomUUID().toString());
		if (directory == null) {
			return drawn;
		}
		Path file = directory.path().resolve(REMEMBERED);
		try {
			return Files.exists(file) ? read(file) : remember(drawn, file);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new IllegalStateException(
					"The id of this machine cannot be read from %s; configure one, or remove the file".formatted(file),
					ex);
		}
	}

	private static ProviderId read(Path file) throws IOException {
		return new ProviderId(Files.readString(file).strip());
	}

	/**
	 * Stores the id. If several programs do so at the same time, the first one succeeds,
	 * and all take its id.
	 */
	private static ProviderId remember(ProviderId drawn, Path file) throws IOException {
		Path draft = Files.createTempFile(file.getParent(), REMEMBERED, "");
		try {
			Files.writeString(draft, drawn + "\n");
			// Readable for all users that may enter the directory.
			Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
			Files.createLink(file, draft);
			return drawn;
		}
		catch (FileAlreadyExistsException ex) {
			return read(file);
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

	/**
	 * Node with its entry in the socket directory.
	 *
	 * @param instance the node
	 * @param directory the socket directory of the machine, {@code null} if the node does
	 * not use it
	 * @param place its place in the directory, {@code null} if it has none yet
	 */
	record Entry(Instance instance, @Nullable SocketDirectory directory, @Nullable SocketPlace place) {

		/**
		 * Leaves the directory, as when the node does not start.
		 */
		void leave() {
			if (this.place != null) {
				this.place.close();
			}
		}

	}

	/**
	 * Other program of the machine.
	 *
	 * @param provider the id that it uses
	 * @param rank the priority of its id, lower is higher
	 * @param service a description of its service
	 */
	private record OtherProgram(ProviderId provider, int rank, String service) {
	}

}
