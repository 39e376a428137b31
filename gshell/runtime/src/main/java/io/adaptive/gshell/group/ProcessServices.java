package io.adaptive.gshell.group;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.message.group.GroupServiceName;
import io.adaptive.gshell.message.group.GroupServices;
import io.adaptive.gshell.message.group.ListGroupServices;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServicePattern;

/**
 * Services in PROCESS scope of a group, which no other process sees.
 */
final class ProcessServices {

	private final AdaptiveClient client;

	/**
	 * Makes the view.
	 * @param client client of the group's node, which is in one PROCESS scope with the
	 * nodes of the jobs
	 */
	ProcessServices(AdaptiveClient client) {
		this.client = client.scopes(Scope.PROCESS);
	}

	GroupServices list(ListGroupServices request) {
		return new GroupServices(this.client.list(pattern(request))
			.stream()
			.map((each) -> new GroupServiceName(each.service().publisher(), each.service().name()))
			.toList());
	}

	private static ServicePattern pattern(ListGroupServices request) {
		try {
			return new ServicePattern(request.publisher(), request.service());
		}
		catch (IllegalArgumentException ex) {
			throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT, String.valueOf(ex.getMessage()));
		}
	}

}
