package io.adaptive.internal.builtin.tracing;

import java.util.Set;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;

/**
 * Scopes from which other programs may use a node's message tracing.
 *
 * @param markScopes the scopes of programs that may mark its messages
 * @param readScopes the scopes of programs that may read and clear its collector, and
 * record to it
 */
public record TraceAccess(Set<Scope> markScopes, Set<Scope> readScopes) {

	void checkMarking(Scope scope) {
		if (!this.markScopes.contains(scope)) {
			throw denied("Messages of this program may be marked", this.markScopes, scope,
					"adaptive.tracing.mark-scopes, or remoteMarks");
		}
	}

	void checkReading(Scope scope) {
		if (!this.readScopes.contains(scope)) {
			throw denied("Traces of this program may be read and recorded", this.readScopes, scope,
					"adaptive.tracing.read-scopes, or remoteTraces");
		}
	}

	private static AdaptiveException denied(String what, Set<Scope> scopes, Scope scope, String property) {
		return new AdaptiveException(ErrorCode.PERMISSION_DENIED,
				"%s from scopes %s, not from %s; its property %s of its node's builder, says so".formatted(what, scopes,
						scope, property));
	}

}
