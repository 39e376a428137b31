package io.adaptive.internal.beacon;

/**
 * Examples of version 1 of the datagrams, byte by byte, written after
 * {@code docs/protocol.md} and independent of the code.
 */
final class GoldenDatagrams {

	/** A node announces its only service. */
	static final String ANNOUNCE = """
			4144504c # magic "ADPL"
			01 # version
			03 # ANNOUNCE
			0079 # bytes of fields
			0000000000000000 # not signed
			1122334455667788 # nonce
			0000000000000001 # counter
			0001 0011 30323a34323a61633a31313a30303a3032 # provider id
			0002 0008 3c5cc021f025f761 # incarnation
			0003 0008 0000000000001b59 # TCP port 7001
			0004 0008 31302e302e302e37 # address "10.0.0.7"
			0004 0007 666430303a3a37 # address "fd00::7"
			0006 0008 0000000000000001 # 1 service in all
			000b 0008 0000000000003e80 # true for 16,000 ms
			000c 0008 0000000000000003 # revision 3
			0005 000d 6578616d706c652f68656c6c6f # service "example/hello"
			""";

	/** Asks the one program that gets it, for all of its machine. */
	static final String QUERY = """
			4144504c # magic "ADPL"
			01 # version
			01 # QUERY
			003e # bytes of fields
			0000000000000000 # not signed
			1122334455667788 # nonce
			0000000000000001 # counter
			0001 0011 30323a34323a61633a31313a30303a3032 # provider id
			0002 0008 3c5cc021f025f761 # incarnation
			0007 0008 0102030405060708 # token
			0008 0000 # direct
			0005 0009 6578616d706c652f2a # pattern "example/*"
			""";

	/** A program answers for another one of its machine. */
	static final String HEARSAY = """
			4144504c # magic "ADPL"
			01 # version
			02 # ANSWER
			0083 # bytes of fields
			0000000000000000 # not signed
			1122334455667788 # nonce
			0000000000000001 # counter
			0001 0011 30323a34323a61633a31313a30303a3032 # provider id
			0002 0008 3c5cc021f025f761 # incarnation
			0003 0008 0000000000001b5a # its TCP port 7002
			0006 0008 7fffffffffffffff # it is not known how many in all
			0007 0008 0000000000000009 # the token of the query
			0009 0005 6f74686572 # provider id of another node
			000a 0008 0000000000000007 # its incarnation
			000b 0008 0000000000003e80 # true for 16,000 ms
			000c 0008 0000000000000000 # its revision is not known
			0005 000d 6578616d706c652f68656c6c6f # service "example/hello"
			""";

	private GoldenDatagrams() {
	}

}
