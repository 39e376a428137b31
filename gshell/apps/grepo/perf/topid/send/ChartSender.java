package perf.topid.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.Sample;

/**
 * Sends samples to the chart service by a thread of its own, so that sampling never
 * waits. It keeps the last samples: those that have not left yet, and those that it sends
 * again when the service has lost them with a connection. What does not fit any more was
 * dropped if it had not left.
 */
public final class ChartSender implements AutoCloseable {

	/** As many samples are kept. */
	public static final int KEPT = 120;

	private static final long CLOSE_MILLIS = 1000;

	private final ChartLink link;

	private final Consumer<String> messages;

	private final long retryMillis;

	private final Deque<Sample> kept = new ArrayDeque<>();

	private final Thread thread = new Thread(this::run, "topid-chart");

	private final Set<ErrorCode> refusalsTold = ConcurrentHashMap.newKeySet();

	private long takenUpTo;

	private long sentUpTo;

	private long dropped;

	/** Whether the user knows that the service is lost. */
	private boolean lossTold;

	private boolean session;

	private boolean closed;

	/**
	 * Starts to look for the service.
	 * @param client finds the service; not closed here
	 * @param request opens the session
	 * @param messages takes lines for the user, on the thread of this sender or of the
	 * client
	 * @param retryMillis how long to wait after a failure
	 */
	public ChartSender(AdaptiveClient client, OpenSession request, Consumer<String> messages, long retryMillis) {
		this.link = new ChartLink(client, request, this::refused, this::wake);
		this.messages = messages;
		this.retryMillis = retryMillis;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Takes a sample. Never waits.
	 * @param sample the sample, without the key of a session
	 */
	public synchronized void offer(Sample sample) {
		if (this.kept.size() == KEPT && this.kept.removeFirst().number() > this.takenUpTo) {
			this.dropped++;
		}
		this.kept.addLast(sample);
		notifyAll();
	}

	/**
	 * Returns whether a session is open, be its connection broken at the moment.
	 */
	public synchronized boolean hasSession() {
		return this.session;
	}

	/**
	 * Returns how many samples were dropped before they left.
	 */
	public synchronized long dropped() {
		return this.dropped;
	}

	private void run() {
		try {
			while (!isClosed()) {
				try {
					serve();
				}
				catch (RuntimeException | LinkageError | StackOverflowError ex) {
					// A codec fails with errors, too, and may take the next sample.
					tellLoss(ex);
				}
				pause();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			end();
			this.link.close();
		}
	}

	private void tellLoss(Throwable ex) {
		if (!this.lossTold) {
			this.messages.accept("chart service not reached, trying on: "
					+ ((ex instanceof AdaptiveException) ? ex.getMessage() : ex.toString()));
		}
		this.lossTold = true;
	}

	/**
	 * The first refusal of a kind is told. One of a session that is gone opens another.
	 */
	private void refused(AdaptiveException refusal) {
		if (this.refusalsTold.add(refusal.code())) {
			this.messages.accept("chart service refuses a sample, further ones are not told: " + refusal.getMessage());
		}
	}

	private void serve() throws InterruptedException {
		String before = this.link.url();
		this.link.connect();
		if (!this.link.url().equals(before)) {
			this.messages.accept("chart: " + this.link.url());
		}
		this.lossTold = false;
		begin(this.link.lastNumber());
		Sample next = next();
		while (next != null && this.link.isOpen()) {
			this.link.send(next);
			sent(next.number());
			next = next();
		}
	}

	private synchronized void sent(long number) {
		this.sentUpTo = number;
		notifyAll();
	}

	/** Without the thread nothing is shown, so that text is printed again. */
	private synchronized void end() {
		this.session = false;
		notifyAll();
	}

	private synchronized void begin(long lastNumber) {
		this.session = true;
		this.takenUpTo = lastNumber;
		this.sentUpTo = lastNumber;
	}

	private synchronized void wake() {
		notifyAll();
	}

	/**
	 * Waits for a sample that has not left yet. If sending it fails, the service tells
	 * where to go on.
	 * @return the oldest one, null once this is closed or the connection is lost
	 */
	private synchronized Sample next() throws InterruptedException {
		while (!this.closed && this.link.isOpen()) {
			for (Sample each : this.kept) {
				if (each.number() > this.takenUpTo) {
					this.takenUpTo = each.number();
					return new Sample("", each.number(), each.millis(), this.dropped, each.processes(), each.system(),
							each.snapshot());
				}
			}
			wait();
		}
		return null;
	}

	private synchronized void pause() throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.retryMillis);
		long left = this.retryMillis;
		while (!this.closed && left > 0) {
			wait(left);
			left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
		}
	}

	private synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Waits until all samples have left.
	 * @param millis at most this long
	 * @return whether they have
	 * @throws InterruptedException if the thread is interrupted
	 */
	public synchronized boolean awaitSent(long millis) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		long left = millis;
		while (left > 0 && !this.kept.isEmpty() && this.kept.getLast().number() > this.sentUpTo) {
			wait(left);
			left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
		}
		return this.kept.isEmpty() || this.kept.getLast().number() <= this.sentUpTo;
	}

	/**
	 * Stops sending. Samples that have not left yet are dropped; one that is leaving is
	 * finished, unless the service does not take it.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
			notifyAll();
		}
		try {
			this.thread.join(CLOSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.thread.interrupt();
	}

}
