package io.adaptive.gshell.daemon;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.gshell.message.JobListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first listing of the jobs, beside the start of the daemon: connects to the groups
 * that live and loads the classes of a listing, so that the first {@code gsh ps} has
 * every group within its second. The daemon is published after it, or after two seconds.
 */
@Component
class FirstListing implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(FirstListing.class);

	private static final int BEFORE_PUBLICATION = DEFAULT_PHASE - 64 * 1024;

	private static final long LONGEST_SECONDS = 2;

	private final CompletableFuture<JobListing> listing;

	private volatile boolean running;

	FirstListing(JobSearch search, ExecutorService groupCalls) {
		this.listing = CompletableFuture.supplyAsync(() -> search.all(null, List.of()), groupCalls);
	}

	@Override
	public void start() {
		this.running = true;
		try {
			JobListing found = this.listing.get(LONGEST_SECONDS, TimeUnit.SECONDS);
			logger.info("{} jobs have been found, groups without answer: {}", found.jobs().size(),
					found.silentGroups());
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("the groups have not been listed: {}", ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return BEFORE_PUBLICATION;
	}

}
