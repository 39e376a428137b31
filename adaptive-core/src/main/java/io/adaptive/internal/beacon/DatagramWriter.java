package io.adaptive.internal.beacon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.Instance;

/**
 * Writer of datagrams. A content that is too long for one datagram is split; each
 * datagram has its own counter.
 */
final class DatagramWriter {

	private final DatagramSigner signer;

	private final long nonce;

	private long counter;

	/**
	 * Creates a writer.
	 * @param signer the signer
	 * @param nonce a random number, new at each start
	 */
	DatagramWriter(DatagramSigner signer, long nonce) {
		this.signer = signer;
		this.nonce = nonce;
	}

	long nonce() {
		return this.nonce;
	}

	/**
	 * Writes a content.
	 * @param content the content
	 * @return datagrams of at most {@link Datagram#MAX_BYTES}
	 */
	List<byte[]> write(Datagram.Content content) {
		if (content instanceof Datagram.Query query) {
			DatagramFields head = head(query.speaker(), query.token(), query.direct());
			return write(Kind.QUERY, head, query.patterns().stream().map(Object::toString).toList());
		}
		Datagram.Report report = (Datagram.Report) content;
		Datagram.Node node = report.node();
		DatagramFields head = head(report.speaker(), report.token(), report.direct()).put(Layout.PORT, node.port())
			.put(Layout.TOTAL, report.total())
			.put(Layout.TIME_TO_LIVE, node.timeToLiveMillis())
			.put(Layout.REVISION, report.revision());
		int before = head.bytes();
		for (String address : node.addresses()) {
			if (head.bytes() - before + DatagramFields.HEAD + bytes(address) <= Layout.MAX_ADDRESS_BYTES) {
				head.put(Layout.ADDRESS, address);
			}
		}
		if (report.isHearsay()) {
			head.put(Layout.NODE_PROVIDER, node.instance().provider().value())
				.put(Layout.NODE_INCARNATION, node.instance().incarnation());
		}
		return write(report.kind(), head, report.services().stream().map(Object::toString).toList());
	}

	private static DatagramFields head(Instance speaker, long token, boolean direct) {
		DatagramFields head = new DatagramFields().put(Layout.PROVIDER, speaker.provider().value())
			.put(Layout.INCARNATION, speaker.incarnation());
		if (token != 0) {
			head.put(Layout.TOKEN, token);
		}
		return direct ? head.put(Layout.DIRECT, new byte[0]) : head;
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private List<byte[]> write(Kind kind, DatagramFields head, List<String> services) {
		List<byte[]> datagrams = new ArrayList<>();
		DatagramFields chunk = new DatagramFields();
		for (String service : services) {
			int bytes = DatagramFields.HEAD + bytes(service);
			if (head.bytes() + chunk.bytes() + bytes > Layout.MAX_FIELDS) {
				datagrams.add(write(kind, head, chunk));
				chunk = new DatagramFields();
			}
			chunk.put(Layout.SERVICE, service);
		}
		if (chunk.bytes() > 0 || datagrams.isEmpty()) {
			datagrams.add(write(kind, head, chunk));
		}
		return datagrams;
	}

	private byte[] write(Kind kind, DatagramFields head, DatagramFields chunk) {
		int fieldBytes = head.bytes() + chunk.bytes();
		int signature = this.signer.isSigning() ? DatagramSigner.BYTES : 0;
		ByteBuffer out = ByteBuffer.allocate(Layout.HEADER + fieldBytes + signature);
		this.counter++;
		out.putInt(Layout.MAGIC)
			.put((byte) Layout.VERSION)
			.put((byte) kind.number())
			.putShort((short) fieldBytes)
			.putLong(this.signer.fingerprint())
			.putLong(this.nonce)
			.putLong(this.counter);
		head.write(out);
		chunk.write(out);
		this.signer.sign(out);
		return out.array();
	}

}
