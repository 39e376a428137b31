package io.adaptive.trace;

import java.util.List;

import io.adaptive.internal.trace.CausalOrder;
import io.adaptive.internal.trace.Diagram;
import io.adaptive.internal.trace.MermaidSource;
import io.adaptive.internal.trace.PlantUmlSource;
import io.adaptive.internal.trace.TextLines;
import io.adaptive.message.TraceToken;

/**
 * The trace of one conversation.
 * 
 * @param token the token of the conversation
 * @param records the events, in causal order
 * @param leftOut the number of records that were not kept
 */
public record MessageTrace(TraceToken token, List<TraceRecord> records, long leftOut) {

	/**
	 * Sorts the records in causal order, independent of their clocks.
	 */
	public MessageTrace {
		records = List.copyOf(CausalOrder.of(records));
	}

	/**
	 * Creates a complete trace.
	 * @param token the token of the conversation
	 * @param records the events, in any order
	 */
	public MessageTrace(TraceToken token, List<TraceRecord> records) {
		this(token, records, 0);
	}

	/**
	 * Returns the trace as text for a terminal.
	 * @return the lines of text
	 */
	public String toText() {
		return TextLines.of(this);
	}

	/**
	 * Returns the trace as a PlantUML sequence diagram.
	 * @return the source of the diagram
	 */
	public String toPlantUml() {
		return PlantUmlSource.of(Diagram.of(this));
	}

	/**
	 * Returns the trace as a Mermaid sequence diagram.
	 * @return the source of the diagram
	 */
	public String toMermaid() {
		return MermaidSource.of(Diagram.of(this));
	}

}
