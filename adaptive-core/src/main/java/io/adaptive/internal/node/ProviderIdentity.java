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
 * Decides by which id a machine is known, so that all its programs give the same: what is
 * configured, else what the programs that are there already give, else the hardware
 * address of the first network interface, else a random id, which is remembered in the
 * socket directory.
 */
final class ProviderIdentity {

	private static final String REMEMBERED = "provider-id";

	private ProviderIdentity() {
	}

	/**
	 * Decides, and takes a place in the directory if the node is to be seen there from
	 * its start.
	 * @param configured what is configured, {@code null} for nothing
	 * @param seen whether the node is to be seen though nothing is configured
	 * @param directory where the programs of the machine meet, {@code null} if this one
	 * does not meet them
	 * @throws IllegalArgumentException if what is configured contradicts the programs
	 * that are there
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
	 * Decides.
	 * @param configured what is configured, {@code null} for nothing
	 * @param directory where the programs of the machine meet, {@code null} if this one
	 * does not meet them
	 * @throws IllegalArgumentException if what is configured contradicts the programs
	 * that are there
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
	 * Tells an interface from a bridge or a tunnel, where the system lets it be seen,
	 * which is on Linux.
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
			// The interface went away while it was looked at.
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
	 * Of programs that draw at the same time one is first, and all take its id.
	 */
	private static ProviderId remember(ProviderId drawn, Path file) throws IOException {
		Path draft = Files.createTempFile(file.getParent(), REMEMBERED, "");
		try {
			Files.writeString(draft, drawn + "\n");
			// Who may read it is decided by who may enter the directory.
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
	 * A node, and how the machine knows it.
	 *
	 * @param instance the node
	 * @param directory where the programs of the machine meet, {@code null} if the node
	 * does not meet them
	 * @param place its place in the socket directory, {@code null} if it has none yet
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
	 * A program of the machine.
	 *
	 * @param provider the id it gives
	 * @param rank the lower the more it counts
	 * @param service what it publishes, in words
	 */
	private record OtherProgram(ProviderId provider, int rank, String service) {
	}

}
