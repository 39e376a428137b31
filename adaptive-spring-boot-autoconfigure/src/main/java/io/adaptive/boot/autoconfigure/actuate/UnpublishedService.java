package io.adaptive.boot.autoconfigure.actuate;

import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.server.UnpublishResult;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The result of unpublishing a service by the endpoint.
 *
 * @param service its publisher and name
 * @param scopes the scopes in which it is no longer published
 * @param drained whether all messages in flight were handled
 * @param unfinished the number of messages that were still being handled when the drain
 * timeout elapsed and their connections were closed
 */
record UnpublishedService(String service, Set<Scope> scopes, boolean drained,
		long unfinished) implements OperationResponseBody {

	static UnpublishedService of(UnpublishResult withdrawal) {
		return new UnpublishedService(withdrawal.service().toString(), withdrawal.scopes(), withdrawal.isDrained(),
				withdrawal.unfinished());
	}

}
