package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.adaptive.gshell.log.LogReader;
import io.adaptive.gshell.message.FindJobs;
import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.OpenLog;
import io.adaptive.gshell.message.group.LogChunk;
import io.adaptive.gshell.message.group.ReadLog;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.springframework.stereotype.Component;

/**
 * Sends logs to the command line.
 */
@Component
class LogService {

	/** A group that has died is there again by then. */
	private static final Duration RETURN_TIME = Duration.ofSeconds(90);

	private final DaemonLog daemonLog;

	private final RuntimeGroups groups;

	private final GroupRegister register;

	private final JobSearch search;

	LogService(DaemonLog daemonLog, RuntimeGroups groups, GroupRegister register, JobSearch search) {
		this.daemonLog = daemonLog;
		this.groups = groups;
		this.register = register;
		this.search = search;
	}

	/**
	 * Sends a log until it ends or the reader leaves.
	 */
	void send(OpenLog request, MessageStream reader) throws IOException, InterruptedException {
		if (request.target().equals("daemon")) {
			sendDaemonLog(request, reader);
		}
		else {
			sendGroupLog(request, reader);
		}
		reader.close();
	}

	private void sendDaemonLog(OpenLog request, MessageStream reader) throws IOException, InterruptedException {
		try (LogReader log = this.daemonLog.read(request.lines(), request.follow())) {
			whenGone(reader, log::close);
			for (byte[] bytes = log.read(); bytes != null; bytes = log.read()) {
				reader.send(new LogChunk(bytes, log.position()));
			}
		}
	}

	private void sendGroupLog(OpenLog request, MessageStream reader) {
		String group;
		String job = null;
		List<String> named = this.register.names(this.groups.all()).matching(request.target());
		if (request.group() == null && request.target().indexOf('*') < 0 && named.size() == 1) {
			group = named.get(0);
		}
		else {
			JobInGroup found = job(request);
			job = found.job().id();
			group = found.group() + "-" + found.version();
		}
		copy(group, new ReadLog(job, request.lines(), request.follow()), reader);
	}

	private JobInGroup job(OpenLog request) {
		JobListing listing = this.search.find(new FindJobs(request.group(), List.of(request.target())));
		if (listing.jobs().isEmpty()) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND,
					"There is no log of that name. " + String.join("\n", listing.problems()));
		}
		return listing.jobs().get(0);
	}

	/**
	 * Copies until the log ends, across deaths of the group: what was printed meanwhile
	 * is copied as well.
	 */
	private void copy(String group, ReadLog request, MessageStream reader) {
		LogCopy copy = new LogCopy(request, reader);
		Connection connection = this.groups.await(group, request.follow() ? RETURN_TIME : Duration.ZERO);
		while (copy.from(connection)) {
			try {
				connection = this.groups.await(group, RETURN_TIME);
			}
			catch (ServiceNotFoundException ex) {
				return;
			}
		}
	}

	/**
	 * A reader sends nothing: its stream has something to receive when it ends.
	 */
	static void whenGone(MessageStream reader, Runnable action) {
		reader.async().recv(LogChunk.class).whenComplete((none, gone) -> action.run());
	}

}
