package io.adaptive.internal.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a trace is drawn.
 */
class DiagramTests {

	private final TracedRun run = new TracedRun(1);

	private MessageTrace trace() {
		return new MessageTrace(TracedRun.TOKEN, this.run.happened());
	}

	private void everything() {
		this.run.call(1, 0, "p#client", "p#a", () -> {
			this.run.record(TraceEvent.CLIENT_SEND, 2, 1, "p#a", "p#b", "s/b");
			this.run.record(TraceEvent.HANDLER, 2, 0, "p#b", "p#a", "s/b");
			this.run.record(TraceEvent.CLIENT_SEND, 3, 1, "p#a", "p#c", "s/c");
			this.run.record(TraceEvent.HANDLER, 3, 0, "p#c", "p#a", "s/c");
			this.run.record(TraceEvent.SERVER_SEND, 3, 0, "p#c", "p#a", "s/c", TraceRecord.Content.ERROR);
			this.run.record(TraceEvent.CLIENT_RECV, 3, 0, "p#a", "p#c", "s/c", TraceRecord.Content.ERROR);
			this.run.record(TraceEvent.CLIENT_SEND, 4, 1, "p#a", "p#d", "s/d");
			this.run.record(TraceEvent.CLIENT_RECV, 4, 0, "p#a", "p#d", "s/d", TraceRecord.Content.FAILURE);
			this.run.record(TraceEvent.SERVER_SEND, 5, 1, "p#a", "p#listener", "s/a");
			this.run.record(TraceEvent.CLIENT_RECV, 5, 0, "p#listener", "p#a", "s/a");
			this.run.record(TraceEvent.CLIENT_SEND, 6, 1, "p#a", "p#c", "s/c");
			this.run.record(TraceEvent.HANDLER, 6, 0, "p#c", "p#a", "s/c");
			this.run.record(TraceEvent.SERVER_SEND, 6, 0, "p#c", "p#a", "s/c", TraceRecord.Content.ACKNOWLEDGEMENT);
			this.run.record(TraceEvent.CLIENT_RECV, 6, 0, "p#a", "p#c", "s/c", TraceRecord.Content.ACKNOWLEDGEMENT);
		});
	}

	@Test
	void mermaidShowsWhoTalksToWhomAndHow() {
		everything();
		assertThat(trace().toMermaid()).isEqualTo("""
				sequenceDiagram
				    autonumber
				    participant p1 as client@p#35;client
				    participant p2 as s/a@p
				    participant p3 as s/b@p
				    participant p4 as s/c@p
				    participant p5 as s/d@p
				    participant p6 as client@p#35;listener
				    p1->>p2: M1[]
				    p2-)p3: M2[]
				    p2->>p4: M3[]
				    p4--xp2: M3[]
				    p2->>p5: M4[]
				    Note over p2: M4[]
				    p2-->>p6: M5[]
				    p2->>p4: M6[]
				    p4-->>p2: done
				    p2-->>p1: M1[]
				""");
	}

	@Test
	void plantUmlShowsTheSame() {
		everything();
		assertThat(trace().toPlantUml()).isEqualTo("""
				@startuml
				autonumber
				participant "client@p#client" as p1
				participant "s&#47;a@p" as p2
				participant "s&#47;b@p" as p3
				participant "s&#47;c@p" as p4
				participant "s&#47;d@p" as p5
				participant "client@p#listener" as p6
				p1 -> p2 : M1[]
				p2 ->> p3 : M2[]
				p2 -> p4 : M3[]
				p4 --x p2 : M3[]
				p2 -> p5 : M4[]
				note over p2 : M4[]
				p2 --> p6 : M5[]
				p2 -> p4 : M6[]
				p4 --> p2 : done
				p2 --> p1 : M1[]
				@enduml
				""");
	}

	@Test
	void textIsIndentedByCause() {
		this.run.call(1, 0, "p#client", "p#a", () -> this.run.call(2, 1, "p#a", "p#b", () -> {
		}));
		assertThat(trace().toText().lines().map((line) -> line.replaceAll("^\\d\\S+|\\(.*", "").stripTrailing()))
			.containsExactly("trace 00000000-0000-0001-0000-000000000002.0 events=8 date=2026-01-01",
					" [client send] s/a M1[]", "   [handler] s/a M1[]", "     [client send] s/b M2[]",
					"       [handler] s/b M2[]", "       [server send] s/b M2[]", "     [client recv] s/b M2[]",
					"   [server send] s/a M1[]", " [client recv] s/a M1[]");
	}

	@Test
	void aSendOfWhichTheRecordIsMissingIsDrawnFromItsHandler() {
		this.run.call(1, 0, "p#client", "p#a", () -> {
		});
		List<TraceRecord> found = this.run.happened()
			.stream()
			.filter((each) -> !each.program().equals("p#client"))
			.toList();
		assertThat(new MessageTrace(TracedRun.TOKEN, found).toMermaid()).contains("participant p1 as client@p\n",
				"participant p2 as s/a@p\n", "p1->>p2: M1[]\n", "p2-->>p1: M1[]\n");
	}

	@Test
	void aLongTraceSaysHowMuchIsLeftOut() {
		for (int i = 1; i <= 3000; i++) {
			this.run.call(i, 0, "p#client", "p#a", () -> {
			});
		}
		MessageTrace trace = new MessageTrace(TracedRun.TOKEN, new ArrayList<>(this.run.happened()), 7);
		assertThat(trace.toMermaid().lines()).hasSizeLessThan(510)
			.last()
			.asString()
			.endsWith("more events are left out");
		assertThat(trace.toPlantUml().lines()).hasSizeLessThan(510);
		assertThat(trace.toText()).endsWith("7007 more events are left out\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a;b", "a#b", "<img src=x onerror=alert(1)>", "%%{init: {}}%%", "a\nb->>c: d",
			"\"quoted\"", "end", "END of loop", "$$x$$", "`code`", "&lt;", "a\\nb", "{x}", "style x:#1;", "\u2028" })
	void nothingInAMessageIsTakenForMermaid(String text) {
		String label = new MermaidSource().label(text);
		String withoutNumbers = label.replaceAll("#\\d+;", "");
		assertThat(withoutNumbers).doesNotContainPattern("[;#<>%\\n\"$`&\\\\{}:\u2028]")
			.doesNotContainPattern("(?i)\\bend\\b");
		assertThat(decoded(label)).isEqualTo(Printable.limited(text, 100));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<b>x</b>", "**x**", "//x//", "__x__", "--x--", "~x", "a\nb", "\"x\"", "%date()",
			"<&icon>", "a\\nb", "!include x", "$x", "&#60;" })
	void nothingInAMessageIsTakenForPlantUml(String text) {
		String label = new PlantUmlSource().label(text);
		assertThat(label.replaceAll("&#\\d+;", "")).doesNotContainPattern("[<>%\\n\"$`&\\\\*/_~!-]");
	}

	private static String decoded(String label) {
		StringBuilder text = new StringBuilder();
		Matcher numbers = Pattern.compile("#(\\d+);").matcher(label);
		while (numbers.find()) {
			numbers.appendReplacement(text,
					Matcher.quoteReplacement(Character.toString(Integer.parseInt(numbers.group(1)))));
		}
		return numbers.appendTail(text).toString();
	}

}
