package io.adaptive.gshell.command;

import java.io.PrintStream;
import java.util.List;

import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.LiveJob;

/**
 * Prints all that is known of jobs.
 */
final class JobPrinter {

	private final PrintStream out;

	JobPrinter(PrintStream out) {
		this.out = out;
	}

	void print(List<JobInGroup> jobs) {
		boolean first = true;
		for (JobInGroup each : jobs) {
			if (!first) {
				this.out.println();
			}
			print(each);
			first = false;
		}
	}

	private void print(JobInGroup each) {
		JobRecord job = each.job();
		Block block = new Block(this.out);
		block.line("id", job.id());
		block.line("group", each.group() + "-" + each.version());
		block.line("name", job.name());
		block.line("status", "%s since %s".formatted(job.status().word(), Words.time(job.since())));
		block.line("app", job.app());
		block.line("arguments", String.join(" ", job.arguments()));
		block.line("bundle", job.bundle());
		block.line("commit", (job.commit() != null) ? job.commit() : "NA");
		block.line("requested by", job.requestedBy());
		block.line("created at", Words.time(job.createdAt()));
		block.line("started at", Words.time(job.startedAt()));
		if (job.endedAt() != null) {
			block.line("ended at", Words.time(job.endedAt()));
		}
		if (job.exitStatus() != null) {
			block.line("exit status", job.exitStatus().toString());
		}
		block.line("restarts", restarts(job));
		if (job.removeAtEnd()) {
			block.line("at its end", "removed");
		}
		if (job.live() != null) {
			print(block, job.live());
		}
		if (job.error() != null) {
			block.lines("error", List.of(job.error()));
		}
		block.lines("left behind", job.leftBehind());
	}

	/**
	 * A job without a restart rule is restarted after the death of its group only.
	 */
	private static String restarts(JobRecord job) {
		int atMost = job.restart().atMost();
		return (atMost == 0) ? String.valueOf(job.restarts())
				: "%s, after failures at most %s".formatted(job.restarts(), atMost);
	}

	private static void print(Block block, LiveJob live) {
		block.line("threads", Integer.toString(live.threads()));
		block.line("cpu time", "%s ms".formatted(live.cpu().toMillis()));
		if (live.allocatedBytes() >= 0) {
			block.line("allocated", Words.size(live.allocatedBytes()));
		}
		block.lines("processes", live.processes());
		block.lines("shared types", live.sharedTypes());
		block.lines("stacks", live.stacks());
	}

}
