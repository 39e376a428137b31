package io.adaptive.internal.wire;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What the opener of a connection says first.
 *
 * @param service the service it wants
 * @param scope where it found the service, {@code null} if it was given the address
 * @param instance who it is
 * @param codec the name of the payload codec it will use
 * @param limits what it accepts
 * @param relayToken for which client of a reverse proxy it comes, {@code null} if it
 * comes for itself
 * @param raw whether the connection carries nothing but the bytes of its two ends after
 * the handshake
 */
public record Hello(ServiceName service, @Nullable Scope scope, Instance instance, String codec, Limits limits,
		@Nullable RelayToken relayToken, boolean raw) {

	/**
	 * Makes the handshake of a connection that is not for a client of a reverse proxy.
	 * @param service the service it wants
	 * @param scope where it found the service, {@code null} if it was given the address
	 * @param instance who it is
	 * @param codec the name of the payload codec it will use
	 * @param limits what it accepts
	 */
	public Hello(ServiceName service, @Nullable Scope scope, Instance instance, String codec, Limits limits) {
		this(service, scope, instance, codec, limits, null);
	}

	/**
	 * Makes the handshake of a connection that carries messages.
	 * @param service the service it wants
	 * @param scope where it found the service, {@code null} if it was given the address
	 * @param instance who it is
	 * @param codec the name of the payload codec it will use
	 * @param limits what it accepts
	 * @param relayToken for which client of a reverse proxy it comes, {@code null} if it
	 * comes for itself
	 */
	public Hello(ServiceName service, @Nullable Scope scope, Instance instance, String codec, Limits limits,
			@Nullable RelayToken relayToken) {
		this(service, scope, instance, codec, limits, relayToken, false);
	}

	/**
	 * Writes the handshake.
	 * @param out where to
	 */
	@SuppressWarnings("EnumOrdinal") // the protocol numbers scopes by their place
	public void write(ByteBuf out) {
		TlvFields fields = new TlvFields().put(HandshakeField.PUBLISHER, this.service.publisher())
			.put(HandshakeField.SERVICE, this.service.name())
			.put(HandshakeField.CODEC, this.codec);
		if (this.scope != null) {
			fields.put(HandshakeField.SCOPE, this.scope.number());
		}
		if (this.relayToken != null) {
			fields.putCritical(HandshakeField.RELAY_TOKEN, this.relayToken.bytes());
		}
		if (this.raw) {
			fields.putCritical(HandshakeField.RAW, new byte[0]);
		}
		HandshakeField.putLimits(fields, this.limits);
		HandshakeField.putInstance(fields, this.instance);
		HandshakeField.write(out, Protocol.VERSION, Protocol.VERSION, fields);
	}

	/**
	 * Reads the handshake.
	 * @param in the buffer; its position moves only when the whole handshake is there
	 * @return the handshake, or {@code null} if bytes are still missing
	 * @throws ProtocolException if this is something else, or of another version
	 */
	public static @Nullable Hello read(ByteBuf in) {
		HandshakeField.Block block = HandshakeField.readBlock(in);
		if (block == null) {
			return null;
		}
		if (block.first() > Protocol.VERSION || block.second() < Protocol.VERSION) {
			throw new ProtocolException(ErrorCode.UNIMPLEMENTED,
					"this node speaks version %s of the protocol, you speak %s to %s".formatted(Protocol.VERSION,
							block.first(), block.second()));
		}
		TlvFields fields = block.fields();
		return new Hello(service(fields), HandshakeField.scope(fields), HandshakeField.instance(fields),
				fields.requireText(HandshakeField.CODEC, "codec"), HandshakeField.limits(fields),
				HandshakeField.relayToken(fields), fields.bytes(HandshakeField.RAW) != null);
	}

	private static ServiceName service(TlvFields fields) {
		try {
			return new ServiceName(fields.requireText(HandshakeField.PUBLISHER, "publisher"),
					fields.requireText(HandshakeField.SERVICE, "service"));
		}
		catch (IllegalArgumentException ex) {
			throw new ProtocolException(String.valueOf(ex.getMessage()));
		}
	}

}
