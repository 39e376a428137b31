package io.adaptive.topidchart.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.adaptive.topidchart.series.Point;
import io.adaptive.topidchart.session.LiveSession;
import io.adaptive.topidchart.session.SessionReader;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.StoredSeries;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * The data for the page.
 */
@RestController
@RequestMapping("/api/sessions")
class SessionEndpoint {

	private static final String SESSION = "/{tag}/{name}";

	/** So often something is sent, that a dead connection is noticed. */
	private static final Duration BEAT = Duration.ofSeconds(10);

	private final SessionReader reader;

	private final ChartMaker maker;

	private final int maxSessions;

	private final Sinks.Empty<Void> closing = Sinks.empty();

	SessionEndpoint(SessionReader reader, ChartMaker maker, PageProperties properties) {
		this.maxSessions = properties.maxSessions();
		this.reader = reader;
		this.maker = maker;
	}

	/**
	 * Ends what browsers listen to, which the web server would wait for.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closing.tryEmitEmpty();
	}

	@GetMapping
	Mono<List<SessionEntry>> sessions(@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before) {
		return blocking(() -> this.reader.latest(before, this.maxSessions).stream().map(SessionEntry::of).toList());
	}

	@GetMapping(SESSION)
	Mono<SessionDetails> session(@PathVariable String tag, @PathVariable String name) {
		return of(tag, name, this::details);
	}

	private SessionDetails details(ChartSession session) {
		long first = this.reader.series(session)
			.stream()
			.mapToLong((each) -> each.stats().firstMillis())
			.min()
			.orElse(0);
		return new SessionDetails(SessionEntry.of(session), session.intervalSeconds(), session.machine(), first,
				session.progress().clockOffset(), session.progress().dropped(),
				this.reader.live(session).map(LiveSession::leftOut).orElse(0L), this.reader.isDatabaseAway(),
				this.reader.snapshotTimes(session));
	}

	@GetMapping(SESSION + "/charts")
	Mono<Charts> charts(@PathVariable String tag, @PathVariable String name, @RequestParam long from,
			@RequestParam long to, @RequestParam int width, @RequestParam(defaultValue = "2,10,10,20") String filter,
			@RequestParam(defaultValue = "30") int top, @RequestParam(defaultValue = "false") boolean machine) {
		if (from < 0 || to <= from || to > Long.MAX_VALUE / 2 || width < 1) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "from, to and width are no span");
		}
		return of(tag, name,
				(session) -> this.maker.charts(session, new ChartRequest(from, to, width, filter, top, machine)));
	}

	@GetMapping(SESSION + "/moment")
	Mono<List<TableRow>> moment(@PathVariable String tag, @PathVariable String name, @RequestParam long at) {
		return of(tag, name, (session) -> {
			Map<Integer, Point> sample = this.reader.sampleAt(session, at);
			List<TableRow> rows = new ArrayList<>();
			for (StoredSeries each : this.reader.series(session)) {
				Point point = sample.get(each.id());
				if (point != null) {
					rows.add(row(each, point));
				}
			}
			rows.sort(Comparator.comparingDouble((TableRow row) -> row.user() + row.system()).reversed());
			return rows;
		});
	}

	private static TableRow row(StoredSeries series, Point point) {
		return new TableRow(Line.key(series.key()), Line.name(series), series.key().isMachine(), point.millis(),
				Measure.CPU.inUnit((double) point.user()), Measure.CPU.inUnit((double) point.system()), point.memory());
	}

	@GetMapping(path = SESSION + "/snapshots/{millis}", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> snapshot(@PathVariable String tag, @PathVariable String name, @PathVariable long millis) {
		return of(tag, name, (session) -> this.reader.snapshot(session, millis).orElseThrow(SessionEndpoint::notFound));
	}

	@GetMapping(path = SESSION + "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<LiveSample>> live(@PathVariable String tag, @PathVariable String name,
			@RequestParam(defaultValue = "") Set<String> keys) {
		Flux<ServerSentEvent<LiveSample>> beats = Flux.interval(Duration.ZERO, BEAT)
			.map((beat) -> ServerSentEvent.<LiveSample>builder().comment("beat").build());
		return blocking(
				() -> this.reader.find(tag, name).flatMap(this.reader::live).orElseThrow(SessionEndpoint::notFound))
			.flatMapMany((live) -> {
				Flux<ServerSentEvent<LiveSample>> samples = live.moments()
					.map((moment) -> ServerSentEvent.builder(LiveSample.of(moment, keys)).build());
				return samples.mergeWith(beats.takeUntilOther(live.moments().ignoreElements()));
			})
			.takeUntilOther(this.closing.asMono());
	}

	private <T> Mono<T> of(String tag, String name, Function<ChartSession, T> reading) {
		return blocking(() -> reading.apply(this.reader.find(tag, name).orElseThrow(SessionEndpoint::notFound)));
	}

	private static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	/**
	 * The database blocks, and so does a session that is being closed. By a future, since
	 * a subscription that is cancelled interrupts its thread, and an interrupt closes the
	 * file of the database.
	 */
	private static <T> Mono<T> blocking(Supplier<T> reading) {
		return Mono.fromFuture(() -> CompletableFuture.supplyAsync(reading, Schedulers.boundedElastic()::schedule));
	}

}
