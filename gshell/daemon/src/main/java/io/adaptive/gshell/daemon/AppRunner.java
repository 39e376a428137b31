package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.message.RunApp;
import io.adaptive.gshell.message.RunReply;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.RunAnswer;
import io.adaptive.gshell.message.group.RunAttached;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs apps: gets the bundle, makes sure that the group runs, and hands it the job.
 */
@Component
class AppRunner {

	/** For the compiler on a busy machine. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final AppCode code;

	private final RuntimeGroups groups;

	private final GroupRegister register;

	AppRunner(AppCode code, RuntimeGroups groups, GroupRegister register) {
		this.code = code;
		this.groups = groups;
		this.register = register;
	}

	/**
	 * Runs an app.
	 * @param requestedBy the user
	 */
	RunReply run(RunApp request, String requestedBy) {
		RunJob job = job(request, requestedBy);
		return inGroup(request, (group, notes) -> {
			RunAnswer answer = this.groups.call(group, job, RunAnswer.class, PATIENCE);
			return answer(group, notes, answer);
		});
	}

	/**
	 * Runs an app, and connects the streams of the job and of the command until the job
	 * ends or the command leaves.
	 */
	void runAttached(RunApp request, String requestedBy, MessageStream command) {
		RunJob job = job(request, requestedBy);
		inGroup(request, (group, notes) -> {
			try (Connection connection = this.groups.connect(group); MessageStream stream = connection.newStream()) {
				stream.send(new RunAttached(job));
				RunReply reply = answer(group, notes, stream.recv(RunAnswer.class));
				command.send(reply);
				if (reply.answer() instanceof JobStarted) {
					new AttachedJob(stream, command).copy();
				}
				return reply;
			}
		});
		command.close();
	}

	private RunJob job(RunApp request, String requestedBy) {
		CodeBundle bundle = this.code.bundle(request.app(), request.bundle());
		return new RunJob(bundle.name(), request.arguments(), Bundles.content(bundle), request.restart(),
				request.removeAtEnd(), requestedBy, null);
	}

	/**
	 * Does something in the group of a request. A group that gets no job, since its first
	 * one is refused, ends by itself.
	 */
	private RunReply inGroup(RunApp request, BiFunction<RunningGroup, List<String>, RunReply> work) {
		GroupNames names = this.register.names(this.groups.all());
		GroupName name = name(request.group(), names);
		List<String> notes = this.register.ensure(name, request.limits());
		RunningGroup group = this.groups.find(name.toString())
			.orElseThrow(() -> new AdaptiveException(ErrorCode.UNAVAILABLE,
					"The group %s has ended meanwhile; run the app again".formatted(name)));
		return work.apply(group, notes);
	}

	private GroupName name(@Nullable String asked, GroupNames names) {
		if (asked == null) {
			return this.register.newName();
		}
		String existing = names.resolve(asked);
		return names.known().contains(existing)
				? this.register.folder(existing).map(AppRunner::name).orElseGet(() -> names.toMake(asked))
				: names.toMake(asked);
	}

	private static GroupName name(GroupFolder folder) {
		StoredGroup stored = folder.read();
		return new GroupName(stored.name(), stored.version());
	}

	private static RunReply answer(RunningGroup group, List<String> notes, RunAnswer answer) {
		if (answer instanceof JobStarted started && !notes.isEmpty()) {
			List<String> all = Stream.concat(notes.stream(), started.notes().stream()).toList();
			return new RunReply(group.fullName(), new JobStarted(started.id(), all));
		}
		return new RunReply(group.fullName(), answer);
	}

}
