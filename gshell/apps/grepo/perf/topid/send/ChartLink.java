package perf.topid.send;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.stream.Connection;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionResumed;

/**
 * A session of the chart service over connections that may break. For one thread.
 */
final class ChartLink implements AutoCloseable {

	private static final Duration DISCOVER = Duration.ofSeconds(3);

	private final AdaptiveClient client;

	private final OpenSession request;

	private volatile Connection connection;

	private String key = "";

	private String url = "";

	private long lastNumber;

	private final Consumer<AdaptiveException> refusals;

	private final Runnable lost;

	/** The connection whose session the service does not know any more. */
	private volatile Connection forgotten;

	/**
	 * Makes a link without a connection.
	 * @param client finds the service
	 * @param request opens the session
	 * @param refusals takes the reason for each sample that the service has refused, on a
	 * thread of the client
	 * @param lost run when samples can no longer be sent, on a thread of the client
	 */
	ChartLink(AdaptiveClient client, OpenSession request, Consumer<AdaptiveException> refusals, Runnable lost) {
		this.client = client.discoverTimeout(DISCOVER).purpose("the chart of topid");
		this.request = request;
		this.refusals = refusals;
		this.lost = lost;
	}

	/**
	 * Returns the address of the page, empty before the session is open.
	 */
	String url() {
		return this.url;
	}

	/**
	 * Returns the number of the last sample that the service has, or was sent since.
	 */
	long lastNumber() {
		return this.lastNumber;
	}

	/**
	 * Finds the service and goes on with the session, or opens one.
	 * @throws AdaptiveException if there is no service, or it refuses
	 */
	void connect() {
		close();
		this.connection = this.client.discover(ChartMessages.PUBLISHER, ChartMessages.SERVICE);
		if (this.key.isEmpty() || !resume()) {
			open();
		}
		awaitRefusal(this.connection);
	}

	private void open() {
		SessionOpened opened = this.connection.sendRecv(this.request, SessionOpened.class);
		this.key = opened.key();
		this.url = opened.url();
		this.lastNumber = 0;
	}

	private boolean resume() {
		try {
			SessionResumed resumed = this.connection.sendRecv(new ResumeSession(this.key), SessionResumed.class);
			this.url = resumed.url();
			this.lastNumber = resumed.lastNumber();
			return true;
		}
		catch (AdaptiveException ex) {
			if (ex.code() != ErrorCode.NOT_FOUND) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * Sends a sample, and waits if the service does not take it yet.
	 * @throws AdaptiveException if the connection is lost
	 */
	void send(Sample sample) {
		this.connection.send(new Sample(this.key, sample.number(), sample.millis(), sample.dropped(),
				sample.processes(), sample.system(), sample.snapshot()));
		this.lastNumber = sample.number();
	}

	/** A sample is sent one way; what comes back is the reason why it was not taken. */
	private void awaitRefusal(Connection current) {
		current.async().recv(Object.class).whenComplete((answer, failure) -> {
			Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
			if (cause instanceof RemoteException refusal) {
				if (refusal.code() == ErrorCode.NOT_FOUND) {
					this.forgotten = current;
				}
				this.refusals.accept(refusal);
			}
			boolean open = current.isOpen() && (cause == null || cause instanceof RemoteException);
			if (open) {
				awaitRefusal(current);
			}
			if (!open) {
				// No refusal would be heard any more.
				this.forgotten = current;
			}
			if (this.forgotten == current) {
				this.lost.run();
			}
		});
	}

	/**
	 * Returns whether samples can be sent: the connection is there, and the service knows
	 * the session.
	 */
	boolean isOpen() {
		return this.connection != null && this.connection.isOpen() && this.forgotten != this.connection;
	}

	@Override
	public void close() {
		if (this.connection != null) {
			this.connection.close();
			this.connection = null;
		}
	}

}
