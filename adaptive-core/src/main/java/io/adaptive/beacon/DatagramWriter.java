package io.adaptive.beacon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.Instance;

/**
 * Writes datagrams: as many as it takes, each with a counter of its own.
 */
final class DatagramWriter {

	private final Seal seal;

	private final long nonce;

	private long counter;

	/**
	 * Makes a writer.
	 * @param seal signs
	 * @param nonce a random number, new at each start
	 */
	DatagramWriter(Seal seal, long nonce) {
		this.seal = seal;
		this.nonce = nonce;
	}

	long nonce() {
		return this.nonce;
	}

	/**
	 * Writes what is to be said.
	 * @param content what to say
	 * @return datagrams of at most {@link Datagram#MAX_BYTES}
	 */
	List<byte[]> write(Datagram.Content content) {
		if (content instanceof Datagram.Query query) {
			Fields head = head(query.speaker(), query.token(), query.direct());
			return write(Kind.QUERY, head, query.patterns().stream().map(Object::toString).toList());
		}
		Datagram.Report report = (Datagram.Report) content;
		Datagram.Node node = report.node();
		Fields head = head(report.speaker(), report.token(), report.direct()).put(Layout.PORT, node.port())
			.put(Layout.TOTAL, report.total())
			.put(Layout.HOLD, node.holdMillis())
			.put(Layout.REVISION, report.revision());
		int before = head.bytes();
		for (String address : node.addresses()) {
			if (head.bytes() - before + Fields.HEAD + bytes(address) <= Layout.MAX_ADDRESS_BYTES) {
				head.put(Layout.ADDRESS, address);
			}
		}
		if (report.isHearsay()) {
			head.put(Layout.NODE_PROVIDER, node.instance().provider().value())
				.put(Layout.NODE_INCARNATION, node.instance().incarnation());
		}
		return write(report.kind(), head, report.services().stream().map(Object::toString).toList());
	}

	private static Fields head(Instance speaker, long token, boolean direct) {
		Fields head = new Fields().put(Layout.PROVIDER, speaker.provider().value())
			.put(Layout.INCARNATION, speaker.incarnation());
		if (token != 0) {
			head.put(Layout.TOKEN, token);
		}
		return direct ? head.put(Layout.DIRECT, new byte[0]) : head;
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private List<byte[]> write(Kind kind, Fields head, List<String> services) {
		List<byte[]> datagrams = new ArrayList<>();
		Fields chunk = new Fields();
		for (String service : services) {
			int bytes = Fields.HEAD + bytes(service);
			if (head.bytes() + chunk.bytes() + bytes > Layout.MAX_FIELDS) {
				datagrams.add(write(kind, head, chunk));
				chunk = new Fields();
			}
			chunk.put(Layout.SERVICE, service);
		}
		if (chunk.bytes() > 0 || datagrams.isEmpty()) {
			datagrams.add(write(kind, head, chunk));
		}
		return datagrams;
	}

	private byte[] write(Kind kind, Fields head, Fields chunk) {
		int fieldBytes = head.bytes() + chunk.bytes();
		int signature = this.seal.isSigning() ? Seal.BYTES : 0;
		ByteBuffer out = ByteBuffer.allocate(Layout.HEADER + fieldBytes + signature);
		this.counter++;
		out.putInt(Layout.MAGIC)
			.put((byte) Layout.VERSION)
			.put((byte) kind.number())
			.putShort((short) fieldBytes)
			.putLong(this.seal.fingerprint())
			.putLong(this.nonce)
			.putLong(this.counter);
		head.write(out);
		chunk.write(out);
		this.seal.sign(out);
		return out.array();
	}

}
