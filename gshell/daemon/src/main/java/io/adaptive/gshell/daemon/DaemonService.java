package io.adaptive.gshell.daemon;

import java.io.IOException;

import io.adaptive.gshell.message.ChangeJobs;
import io.adaptive.gshell.message.DaemonInfo;
import io.adaptive.gshell.message.DescribeDaemon;
import io.adaptive.gshell.message.FindJobs;
import io.adaptive.gshell.message.FindServices;
import io.adaptive.gshell.message.GroupsKilled;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.KillGroups;
import io.adaptive.gshell.message.ListRepository;
import io.adaptive.gshell.message.OpenLog;
import io.adaptive.gshell.message.PrepareApp;
import io.adaptive.gshell.message.PreparedApp;
import io.adaptive.gshell.message.RepositoryListing;
import io.adaptive.gshell.message.RunApp;
import io.adaptive.gshell.message.RunAppAttached;
import io.adaptive.gshell.message.RunReply;
import io.adaptive.gshell.message.ServiceListing;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.message.Scope;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.ContextStream;

/**
 * The service {@code {gshell, daemon}}: takes the messages of the command line apart. It
 * is published on this machine only, where the directory of the sockets lets nobody but
 * this user connect.
 */
@AdaptiveService(publisher = "gshell", name = "daemon", scopes = { Scope.PROCESS, Scope.OS })
class DaemonService {

	private final ServiceList services;

	private final DaemonDescription description;

	private final AppCode code;

	private final JobSearch search;

	private final JobChanges changes;

	private final AppRunner runner;

	private final GroupKiller killer;

	private final LogService logs;

	DaemonService(ServiceList services, DaemonDescription description, AppCode code, JobSearch search,
			JobChanges changes, AppRunner runner, GroupKiller killer, LogService logs) {
		this.services = services;
		this.description = description;
		this.code = code;
		this.search = search;
		this.changes = changes;
		this.runner = runner;
		this.killer = killer;
		this.logs = logs;
	}

	@MessageHandler
	DaemonInfo describe(DescribeDaemon request) {
		return this.description.describe();
	}

	@MessageHandler
	ServiceListing list(FindServices request) {
		return Refusals.of(() -> this.services.find(request));
	}

	@MessageHandler
	RepositoryListing listRepository(ListRepository request) {
		return this.code.list(request.path());
	}

	@MessageHandler
	PreparedApp prepare(PrepareApp request) {
		return this.code.prepare(request);
	}

	@MessageHandler
	RunReply run(RunApp request) {
		return this.runner.run(request, user());
	}

	@MessageHandler
	void runAttached(RunAppAttached request, ContextStream command) {
		this.runner.runAttached(request.run(), user(), command);
	}

	/**
	 * The user who asks: the directory of the sockets lets this user in only.
	 */
	private static String user() {
		return System.getProperty("user.name", "");
	}

	@MessageHandler
	GroupsKilled kill(KillGroups request) {
		return this.killer.kill(request);
	}

	@MessageHandler
	JobListing find(FindJobs request) {
		return this.search.find(request);
	}

	@MessageHandler
	JobResults change(ChangeJobs request) {
		return this.changes.apply(request);
	}

	@MessageHandler
	void log(OpenLog request, ContextStream reader) throws IOException, InterruptedException {
		this.logs.send(request, reader);
	}

}
