package io.adaptive.topidchart.intake;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.topidchart.session.LiveSession;
import io.adaptive.topidchart.session.Sessions;
import io.adaptive.topidchart.session.TooManySessionsException;
import io.adaptive.topidchart.store.ChartSession;
import org.jspecify.annotations.Nullable;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.PinSession;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionPinned;
import perf.topid.message.ChartMessages.SessionResumed;

/**
 * The service that collectors send to. A stream is ordered, so that a sample waits for
 * the one before.
 */
@AdaptiveService(publisher = ChartMessages.PUBLISHER, name = ChartMessages.SERVICE, ordered = true)
class ChartService {

	private final Sessions sessions;

	private final PageAddress addresses;

	private final SessionCheck sessionCheck;

	private final SampleCheck sampleCheck;

	private final Refusals refusals;

	private final Rate rate;

	private final LimitProperties limits;

	private final Clock clock;

	ChartService(Sessions sessions, PageAddress addresses, LimitProperties limits, Clock clock) {
		this.sessions = sessions;
		this.addresses = addresses;
		this.sessionCheck = new SessionCheck(limits);
		this.sampleCheck = new SampleCheck(limits);
		this.rate = new Rate(limits.sessionsPerMinute(), clock.millis());
		this.limits = limits;
		this.refusals = new Refusals(clock);
		this.clock = clock;
	}

	@MessageHandler
	SessionOpened open(OpenSession request, ConnectionInfo connection) {
		this.sessionCheck.check(request);
		if (!this.rate.take(this.clock.millis())) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED,
					"More sessions in a minute than topidchart.limits.sessions-per-minute, %s"
						.formatted(this.limits.sessionsPerMinute()));
		}
		try {
			Sessions.Opened opened = this.sessions.open(request.tag(), request.intervalSeconds(),
					this.sessionCheck.machine(request));
			return new SessionOpened(this.addresses.of(opened.session().session(), connection), opened.key());
		}
		catch (TooManySessionsException ex) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, String.valueOf(ex.getMessage()));
		}
	}

	@MessageHandler
	SessionResumed resume(ResumeSession request, ConnectionInfo connection) {
		ChartSession session = session(request.key()).session();
		return new SessionResumed(this.addresses.of(session, connection), session.progress().lastNumber());
	}

	@MessageHandler
	SessionPinned pin(PinSession request, ConnectionInfo connection) {
		try {
			String tag = Texts.clipped(request.tag(), LimitProperties.MAX_TAG);
			String name = Texts.clipped(request.name(), LimitProperties.MAX_TAG);
			boolean whole = tag.equals(request.tag()) && name.equals(request.name());
			Optional<ChartSession> found = whole ? this.sessions.pin(tag, name, request.pinned(), this.limits.pinned())
					: Optional.empty();
			ChartSession session = found.orElseThrow(
					() -> new AdaptiveException(ErrorCode.NOT_FOUND, "There is no session %s/%s".formatted(tag, name)));
			return new SessionPinned(this.addresses.of(session, connection), request.pinned());
		}
		catch (TooManySessionsException ex) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Takes a sample. What is refused is answered, for the sender to receive or to be
	 * told of, and logged once.
	 */
	@MessageHandler
	void take(Sample sample, ConnectionInfo connection) throws InterruptedException {
		String sender = connection.peer().toString();
		try {
			LiveSession session = session(sample.key());
			ChartSession stored = session.session();
			sender = "session %s/%s".formatted(stored.tag(), stored.name());
			this.sessions.accept(session, this.sampleCheck.check(sample, stored.machine().processors()));
		}
		catch (AdaptiveException ex) {
			this.refusals.log(sender, ex);
			throw ex;
		}
	}

	private LiveSession session(@Nullable String key) {
		return this.sessions.byKey(Objects.requireNonNullElse(key, ""))
			.orElseThrow(() -> new AdaptiveException(ErrorCode.NOT_FOUND,
					"No such session; it has ended, or another service has it"));
	}

}
