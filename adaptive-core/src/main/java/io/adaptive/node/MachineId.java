package io.adaptive.node;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

import io.adaptive.message.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * The id of a machine for which none is configured: the hardware address of its first
 * network card, else a random one.
 */
final class MachineId {

	private MachineId() {
	}

	static ProviderId get() {
		try {
			return NetworkInterface.networkInterfaces()
				.sorted(Comparator.comparingInt(NetworkInterface::getIndex))
				.map(MachineId::hardwareAddress)
				.filter(Objects::nonNull)
				.findFirst()
				.map((address) -> new ProviderId(HexFormat.ofDelimiter(":").formatHex(address)))
				.orElseGet(MachineId::random);
		}
		catch (SocketException ex) {
			return random();
		}
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

	private static ProviderId random() {
		return new ProviderId(UUID.randomUUID().toString());
	}

}
