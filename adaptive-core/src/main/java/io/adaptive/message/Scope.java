package io.adaptive.message;

/**
 * How far a service is visible. A client searches the scopes in the order given here,
 * nearest first; a handshake names a scope by its place in it.
 */
public enum Scope {

	/** Within one {@code ProcessSpace}, by default the whole JVM. */
	PROCESS,

	/** Within one operating system, for programs of the same user. */
	OS,

	/** Within one local network. */
	LAN,

	/** Wherever the root registry can be reached. */
	WAN

}
