package io.adaptive.internal.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;

/**
 * Entry of a journal: the present state of a node, the removal of a node, or the next
 * epoch.
 */
sealed interface JournalEntry {

	/** Highest number of a kind of entry; an entry begins with its kind, from one. */
	int KINDS = 3;

	/** Present state of a node. */
	record Present(Registration registration) implements JournalEntry {
	}

	/** Removal of a node. */
	record Gone(long epoch) implements JournalEntry {
	}

	/** Lowest epoch that may be unused: all below it are taken. */
	record NextEpoch(long epoch) implements JournalEntry {
	}

	/**
	 * Returns the entry as bytes.
	 */
	default byte[] encode() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			DataOutputStream out = new DataOutputStream(bytes);
			if (this instanceof Present present) {
				out.writeByte(1);
				write(out, present.registration());
			}
			else if (this instanceof Gone gone) {
				out.writeByte(2);
				out.writeLong(gone.epoch());
			}
			else if (this instanceof NextEpoch next) {
				out.writeByte(3);
				out.writeLong(next.epoch());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(DataOutputStream out, Registration registration) throws IOException {
		out.writeLong(registration.epoch());
		write(out, registration.instance());
		out.writeShort(registration.addresses().size());
		for (NodeAddress address : registration.addresses()) {
			out.writeUTF(address.host());
			out.writeInt(address.port());
			out.writeBoolean(address.proven());
			out.writeBoolean(address.relay() != null);
			if (address.relay() != null) {
				write(out, address.relay());
			}
		}
		out.writeInt(registration.services().size());
		for (ServiceName service : registration.services()) {
			out.writeUTF(service.publisher());
			out.writeUTF(service.name());
		}
	}

	private static void write(DataOutputStream out, Instance instance) throws IOException {
		out.writeUTF(instance.provider().value());
		out.writeLong(instance.incarnation());
	}

	/**
	 * Reads an entry.
	 * @throws IOException if the bytes are no entry
	 */
	static JournalEntry decode(byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		try {
			byte kind = in.readByte();
			return switch (kind) {
				case 1 -> new Present(readRegistration(in));
				case 2 -> new Gone(in.readLong());
				case 3 -> new NextEpoch(in.readLong());
				default -> throw new IOException("entry of an unknown kind " + kind);
			};
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("entry with a forbidden value: " + ex.getMessage(), ex);
		}
	}

	private static Registration readRegistration(DataInputStream in) throws IOException {
		long epoch = in.readLong();
		Instance instance = readInstance(in);
		List<NodeAddress> addresses = new ArrayList<>();
		for (int left = in.readShort(); left > 0; left--) {
			String host = in.readUTF();
			int port = in.readInt();
			boolean proven = in.readBoolean();
			addresses.add(new NodeAddress(host, port, in.readBoolean() ? readInstance(in) : null, proven));
		}
		Set<ServiceName> services = new HashSet<>();
		for (int left = in.readInt(); left > 0; left--) {
			services.add(new ServiceName(in.readUTF(), in.readUTF()));
		}
		return new Registration(instance, epoch, addresses, services);
	}

	private static Instance readInstance(DataInputStream in) throws IOException {
		return new Instance(new ProviderId(in.readUTF()), in.readLong());
	}

}
