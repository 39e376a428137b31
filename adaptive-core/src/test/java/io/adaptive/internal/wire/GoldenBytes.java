package io.adaptive.internal.wire;

import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Examples of version 1 of the protocol, byte by byte, written by hand after
 * {@code docs/protocol.md} and independent of the code. The message type of the frames is
 * {@link NoteCodec.Note}, whose payload is its text.
 */
final class GoldenBytes {

	/** Who says hello and who answers. */
	static final String PROVIDER = "02:42:ac:11:00:02";

	/** What opens a connection. */
	static final String HELLO = """
			41445054                 # magic "ADPT"
			01 01                    # speaks version 1 to 1
			0061                     # bytes of fields
			0001 0007 6578616d706c65 # publisher "example"
			0002 0005 68656c6c6f     # service "hello"
			0003 0011 30323a34323a61633a31313a30303a3032 # provider id
			0004 0008 3c5cc021f025f761 # incarnation
			0005 0004 666f7279       # codec "fory"
			0006 0008 0000000001000000 # largest message, 16 MB
			0008 0008 0000000000100000 # stream credit, 1 MB
			0009 0008 0000000000004000 # connection credit to begin with, 16 KB
			""";

	/** The answer when the connection stands. */
	static final String ACCEPTED = """
			41445054                 # magic
			01 00                    # version 1
			0051                     # bytes of fields
			0003 0011 30323a34323a61633a31313a30303a3032 # provider id
			0004 0008 00000000000001ff # incarnation
			0006 0008 0000000001000000 # largest message
			0008 0008 0000000000100000 # stream credit
			0009 0008 0000000000004000 # connection credit
			000f 0008 0000000000000000 # messages
			""";

	/** The answer when it does not, and its reason. */
	static final String REFUSED = """
			41445054                 # magic
			00 05                    # refused, NOT_FOUND
			003b                     # bytes of fields
			0007 0037 73657276696365206578616d706c652f68656c6c6f206973206e6f74
			          207075626c6973686564206865726520696e2073636f7065204f53 # the reason
			""";

	static final String REFUSED_REASON = "service example/hello is not published here in scope OS";

	/** Type 1 is called "note". */
	static final String TYPE = """
			00000042                 # length: 20 + 46
			05 00 0000               # TYPE, no flags, no fields
			00000000 0000000000000000 00000001 # stream, call, type
			01                       # priority NORMAL
			00                       # not idempotent
			d5f05c982dfb2025         # fingerprint of note{text:java.lang.String;}
			0004 6e6f7465            # "note"
			001c 6e6f74657b746578743a6a6176612e6c616e672e537472696e673b7d # note{text:java.lang.String;}
			""";

	/** One way, the note "hi" on stream 1. */
	static final String MESSAGE = """
			00000016 01 00 0000 00000001 0000000000000000 00000001
			6869                     # payload
			""";

	/** Call 7 on stream 3, whose caller waits for 1.5 seconds. */
	static final String CALL = """
			00000022
			01 00 000c               # MESSAGE, no flags, 12 bytes of fields
			00000003 0000000000000007 00000001
			0001 0008 0000000059682f00 # timeout in nanoseconds
			6869                     # payload
			""";

	/** The note "hi" on stream 1, which somebody observes and somebody traces. */
	static final String WATCHED_MESSAGE = """
			0000008e
			01 00 0078               # MESSAGE, no flags, 120 bytes of fields
			00000001 0000000000000000 00000001
			0004 0008 0000000000000002 # priority LOW
			0002 0037                # traceparent
			     30302d30616637363531393136636434336464383434386562323131633830333139632d
			     623761643662373136393230333333312d3031
			0003 001c                # tag: token id, sequence, hop
			     0b7e1c5a8f0d4d6e9d591f6f1a0f4c11 00000003 8000000000000001
			0005 0003 613d31         # tracestate "a=1"
			0006 0006 753d25333d31   # baggage "u=%3=1"
			6869                     # payload
			""";

	/** Call 8 on stream 3, whose caller waits for 1.5 seconds and is in a hurry. */
	static final String URGENT_CALL = """
			0000002e
			01 00 0018               # MESSAGE, no flags, 24 bytes of fields
			00000003 0000000000000008 00000001
			0001 0008 0000000059682f00 # timeout in nanoseconds
			0004 0008 0000000000000000 # priority HIGH
			6869                     # payload
			""";

	/** One way, the note "hi" on stream 1, which is not urgent. */
	static final String PATIENT_MESSAGE = """
			00000022
			01 00 000c               # MESSAGE, no flags, 12 bytes of fields
			00000001 0000000000000000 00000001
			0004 0008 0000000000000002 # priority LOW
			6869                     # payload
			""";

	/** The answer to call 7, the note "ho". */
	static final String REPLY = """
			00000016 02 00 0000 00000003 0000000000000007 00000001
			686f
			""";

	/** The acknowledgement of call 8. */
	static final String ACKNOWLEDGEMENT = """
			00000014 02 00 0000 00000003 0000000000000008 00000000
			""";

	/** Call 9 failed. */
	static final String FAILURE = """
			00000054 03 00 0000 00000003 0000000000000009 00000000
			09 02                    # FAILED_PRECONDITION, delivery UNKNOWN
			000005dc                 # retry after 1500 ms
			0008 746f6f206c617465    # "too late"
			001f 6a6176612e6c616e672e496c6c6567616c5374617465457863657074696f6e # its type
			000d 6578616d706c652f68656c6c6f # raised by "example/hello"
			""";

	static final String OPEN = """
			00000014 06 00 0000 00000003 0000000000000000 00000000
			""";

	static final String END = """
			00000026 07 00 0000 00000003 0000000000000000 00000000
			00 02 00000000 0006 636c6f736564 0000 0000 # OK "closed"
			""";

	static final String RESET = """
			00000026 08 00 0000 00000003 0000000000000000 00000000
			01 02 00000000 0006 656e6f756768 0000 0000 # CANCELLED "enough"
			""";

	static final String CANCEL = """
			00000014 09 00 0000 00000003 0000000000000007 00000000
			""";

	/** 64 KB more on stream 3. */
	static final String CREDIT = """
			00000018 0a 00 0000 00000003 0000000000000000 00000000
			00010000
			""";

	/** A message of 300 bytes may leave that waits on stream 3. */
	static final String CREDIT_FOR_WAITING = """
			0000001c 0a 00 0000 00000003 0000000000000001 00000000
			0000012c 00000001
			""";

	/** A call of 300 bytes waits on stream 3. */
	static final String CREDIT_REQUEST = """
			0000001c 0a 00 0000 00000003 0000000000000003 00000000
			0000012c 00000001
			""";

	/** What is not used is wanted back, all but 16 KB. */
	static final String CREDIT_RECALL = """
			00000018 0a 00 0000 00000000 0000000000000004 00000000
			00004000
			""";

	/** Nothing is given back. */
	static final String CREDIT_RETURN = """
			00000018 0a 00 0000 00000000 0000000000000005 00000000
			00000000
			""";

	static final String PING = """
			00000014 0b 00 0000 00000000 0000000000000005 00000000
			""";

	static final String PING_ANSWER = """
			00000014 0b 02 0000 00000000 0000000000000005 00000000
			""";

	/** The last call taken was 9. */
	static final String GO_AWAY = """
			00000036 0c 00 0000 00000000 0000000000000009 00000000
			0e 02 00000000           # UNAVAILABLE
			0016 7468652073657276696365206973206c656176696e67 0000 0000 # "the service is leaving"
			""";

	/** The header of a message of 33,793 bytes on stream 3, before 33,792 of them. */
	static final String FIRST_FRAGMENT_HEADER = """
			00008414 01 01 0000 00000003 0000000000000000 00000001 # flag MORE
			""";

	/** The header of its second and last fragment, before the last byte. */
	static final String LAST_FRAGMENT_HEADER = """
			00000015 04 00 0000 00000003 0000000000000000 00000000
			""";

	private GoldenBytes() {
	}

	static byte[] bytes(String golden) {
		return HexFormat.of().parseHex(golden.replaceAll("#.*", "").replaceAll("\\s", ""));
	}

	static ByteBuf buffer(String... golden) {
		ByteBuf buffer = Unpooled.buffer();
		for (String part : golden) {
			buffer.writeBytes(bytes(part));
		}
		return buffer;
	}

}
