package io.adaptive.internal.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.adaptive.message.TraceToken;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;

/**
 * A trace as a sequence diagram, whatever language it is written in.
 *
 * @param token the traced conversation
 * @param participants who takes part, from left to right
 * @param steps what is drawn, from top to bottom
 * @param leftOut how many events are not
 */
public record Diagram(TraceToken token, List<Participant> participants, List<Step> steps, long leftOut) {

	/** More than anybody looks at, and than a browser draws in reasonable time. */
	private static final int MAX_STEPS = 500;

	public static Diagram of(MessageTrace trace) {
		Drawing drawing = new Drawing(new Hops(trace.records()));
		int drawn = 0;
		while (drawn < trace.records().size() && drawing.steps.size() < MAX_STEPS) {
			drawing.add(trace.records().get(drawn++));
		}
		return new Diagram(trace.token(), drawing.participants(), drawing.steps,
				trace.leftOut() + trace.records().size() - drawn);
	}

	/**
	 * Who takes part.
	 *
	 * @param alias a name that every diagram language understands
	 * @param name what is shown
	 */
	record Participant(String alias, String name) {
	}

	/**
	 * What is drawn.
	 *
	 * @param kind in which way
	 * @param from the alias of who sends
	 * @param to the alias of who gets it
	 * @param text what is written there
	 */
	record Step(Kind kind, String from, String to, String text) {
	}

	/**
	 * The ways to draw a step.
	 */
	enum Kind {

		/** A message for which something comes back. */
		CALL,

		/** A message for which nothing comes back. */
		ONE_WAY,

		/** What comes back, or is sent on a stream. */
		ANSWER,

		/** An error that comes back. */
		ERROR,

		/** What happens at one place. */
		NOTE

	}

	/**
	 * A role that a program plays.
	 *
	 * @param name the service, or that it is a client
	 * @param program the instance
	 */
	private record Role(String name, String program) {

		private static Role client(String program) {
			return new Role("client", program);
		}

		private String provider() {
			int hash = this.program.lastIndexOf('#');
			return (hash >= 0) ? this.program.substring(0, hash) : this.program;
		}

		private String shortName() {
			return this.name + "@" + provider();
		}

	}

	/**
	 * The diagram while it is drawn.
	 */
	private static final class Drawing {

		private final Hops hops;

		private final Map<Role, String> aliases = new LinkedHashMap<>();

		private final List<Step> steps = new ArrayList<>();

		private Drawing(Hops hops) {
			this.hops = hops;
		}

		private void add(TraceRecord record) {
			Hop hop = this.hops.of(record);
			Role sender = senderOf(record, hop);
			switch (record.event()) {
				case CLIENT_SEND -> request(sender, receiverOf(record, hop), hop, record);
				case HANDLER -> {
					if (hop.sent() == null) {
						request(sender, receiverOf(record, hop), hop, record);
					}
				}
				case SERVER_SEND -> answer(receiverOf(record, hop), sender, record);
				case CLIENT_RECV -> {
					if (record.content() == TraceRecord.Content.FAILURE) {
						step(Kind.NOTE, sender, sender, record.text());
					}
					else if (hop.answered() == null) {
						answer(receiverOf(record, hop), sender, record);
					}
				}
			}
		}

		private void request(Role from, Role to, Hop hop, TraceRecord record) {
			step(hop.isAnswered() ? Kind.CALL : Kind.ONE_WAY, from, to, record.text());
		}

		private void answer(Role from, Role to, TraceRecord record) {
			switch (record.content()) {
				case MESSAGE -> step(Kind.ANSWER, from, to, record.text());
				case ACKNOWLEDGEMENT -> step(Kind.ANSWER, from, to, "done");
				case ERROR, FAILURE -> step(Kind.ERROR, from, to, record.text());
			}
		}

		private void step(Kind kind, Role from, Role to, String text) {
			this.steps.add(new Step(kind, alias(from), alias(to), text));
		}

		private String alias(Role role) {
			return this.aliases.computeIfAbsent(role, (each) -> "p" + (this.aliases.size() + 1));
		}

		/**
		 * Who sent the message: the service that did it while it handled another one, or
		 * a client. The end of a push that listens is a client, too.
		 */
		private Role senderOf(TraceRecord record, Hop hop) {
			TraceRecord sent = hop.sent();
			String program = (sent != null) ? sent.program() : clientOf(record);
			Hop parent = this.hops.parentOf(record);
			TraceRecord handling = (parent != null && !hop.isPush()) ? parent.handled() : null;
			return (handling != null && handling.program().equals(program)) ? new Role(handling.service(), program)
					: Role.client(program);
		}

		private static String clientOf(TraceRecord record) {
			return (record.event() == TraceEvent.CLIENT_RECV || record.event() == TraceEvent.CLIENT_SEND)
					? record.program() : record.peer();
		}

		private static Role receiverOf(TraceRecord record, Hop hop) {
			TraceRecord handled = hop.handled();
			boolean isClient = record.event() == TraceEvent.CLIENT_RECV || record.event() == TraceEvent.CLIENT_SEND;
			String program = (handled != null) ? handled.program() : isClient ? record.peer() : record.program();
			return new Role(record.service(), program);
		}

		/**
		 * Two programs of one machine that play the same role are told apart.
		 */
		private List<Participant> participants() {
			Map<String, Set<String>> programs = new HashMap<>();
			this.aliases.keySet()
				.forEach((role) -> programs.computeIfAbsent(role.shortName(), (name) -> new TreeSet<>())
					.add(role.program()));
			return this.aliases.entrySet().stream().map((each) -> {
				Role role = each.getKey();
				boolean alone = programs.getOrDefault(role.shortName(), Set.of()).size() == 1;
				return new Participant(each.getValue(), alone ? role.shortName() : role.name() + "@" + role.program());
			}).toList();
		}

	}

}
