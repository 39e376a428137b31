package io.adaptive.boot.autoconfigure.actuate;

import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.server.UnpublishResult;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What became of a service that was taken back by hand.
 *
 * @param service its publisher and name
 * @param scopes where it is no longer published
 * @param drained whether all that was in flight has been served
 * @param unfinished messages that were still being handled when the drain timeout was
 * over, and whose connections were closed
 */
record UnpublishedService(String service, Set<Scope> scopes, boolean drained,
		long unfinished) implements OperationResponseBody {

	static UnpublishedService of(UnpublishResult withdrawal) {
		return new UnpublishedService(withdrawal.service().toString(), withdrawal.scopes(), withdrawal.isDrained(),
				withdrawal.unfinished());
	}

}
