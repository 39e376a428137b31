package io.adaptive.node;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.transport.SocketDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Decides by which id a machine is known, so that all its programs give the same: what is
 * configured, else what the programs that are there already give, else the hardware
 * address of the first network card, else a random id, which is remembered in the socket
 * directory.
 */
final class ProviderIdentity {

	private static final String REMEMBERED = "provider-id";

	private ProviderIdentity() {
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
		Optional<ServiceInstance> neighbour = (directory != null) ? directory.find(ServicePattern.ALL)
			.stream()
			.filter((each) -> configured == null || !each.instance().provider().equals(configured))
			.min(Comparator.comparing((ServiceInstance each) -> each.service().isBuiltin())
				.thenComparing((each) -> each.instance().provider().value())) : Optional.empty();
		if (configured == null) {
			return neighbour.map((each) -> each.instance().provider()).orElseGet(() -> ofMachine(directory));
		}
		neighbour.ifPresent((other) -> {
			throw new IllegalArgumentException(("The provider id \"%s\" contradicts \"%s\", which programs of this"
					+ " machine give that run now, such as the one that publishes %s; give all of them the same, or"
					+ " configure one and start it first")
				.formatted(configured, other.instance().provider(), other));
		});
		return configured;
	}

	private static ProviderId ofMachine(@Nullable SocketDirectory directory) {
		return firstCard().orElseGet(() -> remembered(directory));
	}

	private static Optional<ProviderId> firstCard() {
		try {
			return NetworkInterface.networkInterfaces()
				.sorted(Comparator.comparing((NetworkInterface card) -> !isPhysical(card))
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
	 * Tells a card from a bridge or a tunnel, where the system lets it be seen, which is
	 * on Linux.
	 */
	private static boolean isPhysical(NetworkInterface card) {
		return Files.exists(Path.of("/sys/class/net", card.getName(), "device"));
	}

	private static byte @Nullable [] hardwareAddress(NetworkInterface card) {
		try {
			return (card.isLoopback() || card.isVirtual()) ? null : card.getHardwareAddress();
		}
		catch (SocketException ex) {
			// The card went away while it was looked at.
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

}
