package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.command.ServiceSearch;
import io.adaptive.gshell.message.FindServices;
import io.adaptive.gshell.message.FoundService;
import io.adaptive.gshell.message.ServiceListing;
import io.adaptive.gshell.message.ServiceSighting;
import io.adaptive.gshell.message.group.GroupServiceName;
import io.adaptive.gshell.message.group.GroupServices;
import io.adaptive.gshell.message.group.ListGroupServices;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import org.springframework.stereotype.Component;

/**
 * Services of all scopes as the daemon sees them, and those in PROCESS scope of the
 * groups.
 */
@Component
class ServiceList {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final AdaptiveNode node;

	private final AdaptiveClient client;

	private final RuntimeGroups groups;

	ServiceList(AdaptiveNode node, AdaptiveClient client, RuntimeGroups groups) {
		this.node = node;
		this.client = client;
		this.groups = groups;
	}

	/**
	 * Finds services; asks all groups at the same time, for a second.
	 * @throws IllegalArgumentException if a pattern holds what no name may hold
	 */
	ServiceListing find(FindServices request) {
		ListGroupServices question = new ListGroupServices(request.publisher(), request.service());
		List<RunningGroup> running = this.groups.all();
		List<CompletableFuture<GroupServices>> answers = running.stream()
			.map((group) -> this.groups.ask(group, question, GroupServices.class, PATIENCE))
			.toList();
		String provider = this.node.instance().provider().value();
		ServiceListing own = ServiceSearch.of(this.client, this.node.instance().provider(), request.publisher(),
				request.service());
		List<FoundService> found = new ArrayList<>(own.services());
		List<String> silent = new ArrayList<>();
		for (int index = 0; index < answers.size(); index++) {
			String group = running.get(index).fullName();
			try {
				answers.get(index).join().services().forEach((each) -> found.add(found(each, group, provider)));
			}
			catch (CompletionException ex) {
				silent.add(group);
			}
		}
		return new ServiceListing(ServiceSearch.merge(found), List.copyOf(silent));
	}

	private static FoundService found(GroupServiceName service, String group, String provider) {
		ServiceSighting sighting = new ServiceSighting(Scope.PROCESS.name(), List.of("group " + group), false);
		return new FoundService(service.publisher(), service.service(), provider, true, List.of(sighting));
	}

}
