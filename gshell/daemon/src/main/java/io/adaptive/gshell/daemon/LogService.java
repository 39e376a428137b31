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
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.StreamResetException;
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
				reader.send(new LogChunk(bytes));
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

	private void copy(String group, ReadLog request, MessageStream reader) {
		ReadLog next = request;
		Connection connection = this.groups.await(group, Duration.ZERO);
		while (copy(connection, next, reader)) {
			// What was printed before is on the screen.
			next = new ReadLog(request.reference(), 0, true);
			try {
				connection = this.groups.await(group, RETURN_TIME);
			}
			catch (ServiceNotFoundException ex) {
				return;
			}
		}
	}

	/**
	 * Copies until the log ends.
	 * @return whether the group has died, so that the log may go on
	 */
	private static boolean copy(Connection connection, ReadLog request, MessageStream reader) {
		try (connection; MessageStream log = connection.newStream()) {
			whenGone(reader, connection::close);
			log.send(request);
			while (true) {
				reader.send(log.recv(LogChunk.class));
			}
		}
		catch (EndOfStreamException ex) {
			return false;
		}
		catch (RemoteException ex) {
			throw new AdaptiveException(ex.code(), Delivery.UNKNOWN, ex.error().message(), ex);
		}
		catch (ConnectionLostException | StreamResetException ex) {
			return request.follow() && reader.isWritable();
		}
	}

	/**
	 * A reader sends nothing: its stream has something to receive when it ends.
	 */
	private static void whenGone(MessageStream reader, Runnable action) {
		reader.async().recv(LogChunk.class).whenComplete((none, gone) -> action.run());
	}

}
