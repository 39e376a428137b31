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
 * A trace as a sequence diagram, independent of its language.
 *
 * @param token the traced conversation
 * @param participants the participants, from left to right
 * @param steps the steps, from top to bottom
 * @param leftOut number of events that are left out
 */
public record Diagram(TraceToken token, List<Participant> participants, List<Step> steps, long leftOut) {

	/**
	 * Maximum number of steps that a reader can follow, and that a browser draws in
	 * reasonable time.
	 */
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
	 * A participant.
	 *
	 * @param alias a name that is valid in every diagram language
	 * @param name the displayed name
	 */
	record Participant(String alias, String name) {
	}

	/**
	 * A step.
	 *
	 * @param kind its kind
	 * @param from the alias of the sender
	 * @param to the alias of the receiver
	 * @param text its label
	 */
	record Step(Kind kind, String from, String to, String text) {
	}

	/**
	 * The kinds of steps.
	 */
	enum Kind {

		/** A message with an answer. */
		CALL,

		/** A message without an answer. */
		ONE_WAY,

		/** An answer, or a message pushed to a stream. */
		ANSWER,

		/** An error as the answer. */
		ERROR,

		/** An event at one participant. */
		NOTE

	}

	/**
	 * A role of a program.
	 *
	 * @param name the service, or {@code client}
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
	 * The diagram under construction.
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
		 * Returns the sender of a message: the service that sent it while it handled
		 * another one, or a client. The receiving end of a push is a client, too.
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
		 * Returns the participants. Programs of one machine in the same role are
		 * distinguished by their full names.
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
