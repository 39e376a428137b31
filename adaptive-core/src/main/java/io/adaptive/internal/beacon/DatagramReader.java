package io.adaptive.internal.beacon;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * Reader of datagrams from untrusted senders. A datagram that breaks a rule is refused
 * and has no other effect.
 */
final class DatagramReader {

	private final DatagramSigner signer;

	DatagramReader(DatagramSigner signer) {
		this.signer = signer;
	}

	/**
	 * Reads a datagram.
	 * @param datagram a buffer that begins with the datagram and may contain further
	 * bytes
	 * @param length the length of the datagram
	 * @return the datagram
	 * @throws DroppedException if it has to be dropped
	 */
	Datagram read(byte[] datagram, int length) throws DroppedException {
		if (length > Datagram.MAX_BYTES) {
			throw new DroppedException(DropReason.OVERSIZED, "it has %s bytes".formatted(length));
		}
		if (length < Layout.HEADER) {
			throw new DroppedException(DropReason.MALFORMED, "it has only %s bytes".formatted(length));
		}
		ByteBuffer in = ByteBuffer.wrap(datagram, 0, length);
		if (in.getInt() != Layout.MAGIC) {
			throw new DroppedException(DropReason.MALFORMED, "it is not of this protocol");
		}
		int version = in.get();
		if (version != Layout.VERSION) {
			throw new DroppedException(DropReason.UNKNOWN, "it is of version %s".formatted(version));
		}
		int number = Byte.toUnsignedInt(in.get());
		int fieldBytes = Short.toUnsignedInt(in.getShort());
		long fingerprint = in.getLong();
		checkSignature(datagram, length, fingerprint);
		int signature = (fingerprint != DatagramSigner.NONE) ? DatagramSigner.BYTES : 0;
		if (Layout.HEADER + fieldBytes + signature != length) {
			throw new DroppedException(DropReason.MALFORMED,
					"its %s bytes do not fit %s bytes of fields".formatted(length, fieldBytes));
		}
		Kind kind = Kind.of(number);
		if (kind == null) {
			throw new DroppedException(DropReason.UNKNOWN, "it is of kind %s".formatted(number));
		}
		long nonce = in.getLong();
		long counter = in.getLong();
		if (counter <= 0) {
			throw new DroppedException(DropReason.MALFORMED, "its counter is %s".formatted(counter));
		}
		DatagramFields fields = DatagramFields.read(in.slice(Layout.HEADER, fieldBytes), Layout.LAST_TAG);
		return new Datagram(nonce, counter, content(kind, fields));
	}

	private void checkSignature(byte[] datagram, int length, long fingerprint) throws DroppedException {
		if (fingerprint != this.signer.fingerprint()) {
			boolean unsigned = fingerprint == DatagramSigner.NONE;
			throw new DroppedException(unsigned ? DropReason.UNSIGNED : DropReason.FOREIGN_SECRET,
					unsigned ? "it is not signed" : "it is signed with another secret");
		}
		if (this.signer.isSigning() && !this.signer.isGenuine(datagram, length)) {
			throw new DroppedException(DropReason.WRONG_SIGNATURE, "its signature is wrong");
		}
	}

	private static Datagram.Content content(Kind kind, DatagramFields fields) throws DroppedException {
		try {
			Instance speaker = instance(fields, Layout.PROVIDER, Layout.INCARNATION);
			boolean direct = fields.has(Layout.DIRECT);
			long token = fields.number(Layout.TOKEN, 0);
			if (kind == Kind.QUERY) {
				return new Datagram.Query(speaker, patterns(fields), token, direct);
			}
			Instance about = fields.has(Layout.NODE_PROVIDER)
					? instance(fields, Layout.NODE_PROVIDER, Layout.NODE_INCARNATION) : speaker;
			Datagram.Node node = new Datagram.Node(about, port(fields), addresses(fields),
					fields.number(Layout.TIME_TO_LIVE, Datagram.Node.DEFAULT_TIME_TO_LIVE_MILLIS));
			List<ServiceName> services = services(fields);
			if (node.port() == 0 && !services.isEmpty()) {
				throw new DroppedException(DropReason.MALFORMED, "it offers services without a TCP port");
			}
			return new Datagram.Report(kind, speaker, node, services, fields.number(Layout.REVISION, 0),
					fields.number(Layout.TOTAL, Long.MAX_VALUE), token, direct);
		}
		catch (IllegalArgumentException ex) {
			throw new DroppedException(DropReason.MALFORMED, String.valueOf(ex.getMessage()));
		}
	}

	private static Instance instance(DatagramFields fields, int provider, int incarnation) throws DroppedException {
		String id = fields.text(provider);
		if (id == null) {
			throw new DroppedException(DropReason.MALFORMED, "field %s is missing".formatted(provider));
		}
		return new Instance(new ProviderId(id), fields.number(incarnation, 0));
	}

	private static int port(DatagramFields fields) throws DroppedException {
		long port = fields.number(Layout.PORT, 0);
		if (port < 0 || port > Endpoint.Tcp.MAX_PORT) {
			throw new DroppedException(DropReason.MALFORMED, "its TCP port is %s".formatted(port));
		}
		return (int) port;
	}

	private static List<String> addresses(DatagramFields fields) throws DroppedException {
		List<String> addresses = fields.texts(Layout.ADDRESS);
		if (addresses.size() > Datagram.MAX_ADDRESSES) {
			throw new DroppedException(DropReason.MALFORMED, "it tells %s addresses".formatted(addresses.size()));
		}
		return addresses.stream().map((address) -> new Endpoint.Tcp(address, 0).host()).distinct().toList();
	}

	private static List<ServiceName> services(DatagramFields fields) {
		List<ServiceName> services = new ArrayList<>();
		for (String text : fields.texts(Layout.SERVICE)) {
			int slash = slash(text);
			services.add(new ServiceName(text.substring(0, slash), text.substring(slash + 1)));
		}
		return services;
	}

	private static List<ServicePattern> patterns(DatagramFields fields) {
		List<ServicePattern> patterns = new ArrayList<>();
		for (String text : fields.texts(Layout.SERVICE)) {
			int slash = slash(text);
			patterns.add(new ServicePattern(text.substring(0, slash), text.substring(slash + 1)));
		}
		return patterns;
	}

	private static int slash(String text) {
		int slash = text.indexOf('/');
		if (slash < 0) {
			throw new IllegalArgumentException("a service without a publisher");
		}
		return slash;
	}

}
