package io.adaptive.gshell.group;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeException;
import io.adaptive.gshell.code.CompilationException;
import io.adaptive.gshell.log.LogReader;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.BundleFile;
import io.adaptive.gshell.message.group.BundleInFolder;
import io.adaptive.gshell.message.group.BundleSource;
import io.adaptive.gshell.message.group.DescribeGroup;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.KillGroup;
import io.adaptive.gshell.message.group.KillJob;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.gshell.message.group.ReadLog;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.gshell.message.group.RestartJobs;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.ResumeLog;
import io.adaptive.gshell.message.group.RunAnswer;
import io.adaptive.gshell.message.group.RunAttached;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.message.group.RunRefused;
import io.adaptive.gshell.message.group.RunRefused.Reason;
import io.adaptive.gshell.message.group.StartJobs;
import io.adaptive.gshell.message.group.StopJobs;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StateException;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * The service of a group.
 */
final class GroupService {

	private final GroupName name;

	private final GroupJobs jobs;

	private final JobCommands commands;

	private final GroupLife life;

	private final RotatingLog log;

	private final Timers timers;

	GroupService(GroupName name, GroupJobs jobs, JobCommands commands, GroupLife life, RotatingLog log, Timers timers) {
		this.name = name;
		this.jobs = jobs;
		this.commands = commands;
		this.life = life;
		this.log = log;
		this.timers = timers;
	}

	Service service() {
		return Service.named(this.name.service())
			.handle(RunJob.class, this::run)
			.handle(RunAttached.class, this::runAttached)
			.handle(ListJobs.class, this::list)
			.handle(StopJobs.class, (stop) -> this.commands.stop(stop.references()))
			.handle(StartJobs.class, (start) -> this.commands.start(start.references()))
			.handle(RestartJobs.class, (restart) -> this.commands.restart(restart.references()))
			.handle(RemoveJobs.class, (remove) -> this.commands.remove(remove.references(), remove.force()))
			.handle(KillGroup.class, (kill) -> this.life.kill(kill.force()))
			.handle(KillJob.class, (kill) -> this.life.killJob(kill.reference()))
			.handle(DescribeGroup.class, (describe) -> this.life.describe())
			.handle(ReadLog.class, this::readLog)
			.handle(ResumeLog.class, this::resumeLog)
			.onStreamClose(GroupService::closed);
	}

	/** A reader of a log, or an attachment. */
	private static void closed(StreamContext context) {
		if (context.get() instanceof Detachable detachable) {
			detachable.detach();
		}
	}

	private RunAnswer run(RunJob run) {
		return answer(run, (bundle) -> this.jobs.run(run, bundle, run.restart(), LogOutput::streams), (job, answer) -> {
		});
	}

	private @Nullable Object runAttached(RunAttached attached, ContextStream stream) {
		Attachment attachment = new Attachment(stream, this.timers);
		RunJob run = attached.run();
		RunAnswer answer = answer(run,
				(bundle) -> this.jobs.run(run, bundle, RestartRule.NONE, attachment::streams, attachment.served()),
				(job, started) -> attachment.begin(started, job.firstEnd()));
		if (answer instanceof RunRefused) {
			attachment.refuse(answer);
		}
		return null;
	}

	private RunAnswer answer(RunJob run, Function<CodeBundle, GroupJob> start, BiConsumer<GroupJob, JobStarted> then) {
		try {
			CodeBundle bundle = bundle(run.bundle());
			List<String> notes = this.jobs.notes(bundle);
			GroupJob job = start.apply(bundle);
			JobStarted started = new JobStarted(job.id(), notes);
			then.accept(job, started);
			return started;
		}
		catch (CompilationException ex) {
			return refused(Reason.COMPILATION, ex);
		}
		catch (CodeException ex) {
			return refused(Reason.CODE, ex);
		}
		catch (StateException ex) {
			return refused(Reason.DISK, ex);
		}
		catch (GroupEndingException ex) {
			return refused(Reason.ENDING, ex);
		}
	}

	private static RunRefused refused(Reason reason, RuntimeException cause) {
		return new RunRefused(reason, String.valueOf(cause.getMessage()));
	}

	private static CodeBundle bundle(BundleSource source) {
		if (source instanceof BundleContent content) {
			Map<String, byte[]> files = new LinkedHashMap<>();
			for (BundleFile file : content.files()) {
				files.put(file.name(), file.content());
			}
			return CodeBundle.of(content.app(), files);
		}
		BundleInFolder folder = (BundleInFolder) source;
		return CodeBundle.read(Path.of(folder.folder()), folder.checksum());
	}

	private JobList list(ListJobs request) {
		List<String> problems = new ArrayList<>(this.jobs.problems());
		if (request.references().isEmpty()) {
			return listOf(this.jobs.records(), problems);
		}
		List<JobRecord> records = new ArrayList<>();
		for (String reference : request.references()) {
			JobReference found = this.jobs.find(reference);
			found.jobs().forEach((job) -> records.add(job.record()));
			if (found.jobs().size() != 1) {
				problems.add(found.problem());
			}
		}
		return listOf(records, problems);
	}

	private JobList listOf(List<JobRecord> records, List<String> problems) {
		return new JobList(this.name.name(), this.name.version(), records, problems);
	}

	private @Nullable Object readLog(ReadLog request, ContextStream stream) {
		LogStreaming.start(request, log(request.reference()), stream, this.timers);
		return null;
	}

	private @Nullable Object resumeLog(ResumeLog request, ContextStream stream) {
		LogReader reader = LogReader.resume(log(request.reference()), request.position());
		LogStreaming.start(reader, stream, this.timers);
		return null;
	}

	private RotatingLog log(@Nullable String reference) {
		if (reference == null) {
			return this.log;
		}
		JobReference found = this.jobs.find(reference);
		if (found.jobs().size() != 1) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, found.problem());
		}
		return found.jobs().get(0).log();
	}

}
