package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.command.ServiceSearch;
import io.adaptive.gshell.daemon.GroupAnswers.Question;
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

	private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(20);

	private final AdaptiveNode node;

	private final AdaptiveClient client;

	private final RuntimeGroups groups;

	private final AnswerPatience patience;

	ServiceList(AdaptiveNode node, AdaptiveClient client, RuntimeGroups groups, AnswerPatience patience) {
		this.patience = patience;
		this.node = node;
		this.client = client;
		this.groups = groups;
	}

	/**
	 * Finds services; asks all groups at the same time.
	 * @throws IllegalArgumentException if a pattern holds what no name may hold
	 */
	ServiceListing find(FindServices request) {
		ListGroupServices question = new ListGroupServices(request.publisher(), request.service());
		List<Question<GroupServices>> questions = this.groups.all()
			.stream()
			.map((group) -> new Question<>(group,
					this.groups.ask(group, question, GroupServices.class, LONGEST_PATIENCE)))
			.toList();
		String provider = this.node.instance().provider().value();
		ServiceListing own = ServiceSearch.of(this.client, this.node.instance().provider(), request.publisher(),
				request.service());
		List<FoundService> found = new ArrayList<>(own.services());
		GroupAnswers<GroupServices> answers = GroupAnswers.await(questions, this.patience.now());
		answers.answers()
			.forEach((answer) -> answer.value()
				.services()
				.forEach((each) -> found.add(found(each, answer.group().fullName(), provider))));
		return new ServiceListing(ServiceSearch.merge(found), List.copyOf(answers.silent()),
				List.copyOf(answers.failures()));
	}

	private static FoundService found(GroupServiceName service, String group, String provider) {
		ServiceSighting sighting = new ServiceSighting(Scope.PROCESS.name(), List.of("group " + group), false);
		return new FoundService(service.publisher(), service.service(), provider, true, List.of(sighting));
	}

}
