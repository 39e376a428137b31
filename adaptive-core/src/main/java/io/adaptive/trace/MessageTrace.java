package io.adaptive.trace;

import java.util.List;

import io.adaptive.internal.trace.CausalOrder;
import io.adaptive.internal.trace.Diagram;
import io.adaptive.internal.trace.MermaidSource;
import io.adaptive.internal.trace.PlantUmlSource;
import io.adaptive.internal.trace.TextLines;
import io.adaptive.message.TraceToken;

/**
 * All that is known of one traced conversation.
 *
 * @param token the conversation
 * @param records what happened, ordered by cause
 * @param leftOut how many more records there were than are kept
 */
public record MessageTrace(TraceToken token, List<TraceRecord> records, long leftOut) {

	/**
	 * Brings the records into the order of cause and effect, whatever the clocks say.
	 */
	public MessageTrace {
		records = List.copyOf(CausalOrder.of(records));
	}

	/**
	 * Makes a trace of which nothing is left out.
	 * @param token the conversation
	 * @param records what happened, in any order
	 */
	public MessageTrace(TraceToken token, List<TraceRecord> records) {
		this(token, records, 0);
	}

	/**
	 * Shows the trace to a person at a terminal.
	 * @return lines of text
	 */
	public String toText() {
		return TextLines.of(this);
	}

	/**
	 * Draws a sequence diagram.
	 * @return the source for PlantUML
	 */
	public String toPlantUml() {
		return PlantUmlSource.of(Diagram.of(this));
	}

	/**
	 * Draws a sequence diagram.
	 * @return the source for Mermaid
	 */
	public String toMermaid() {
		return MermaidSource.of(Diagram.of(this));
	}

}
