package perf.topid.text;

import java.time.Instant;
import java.util.List;

import perf.topid.sample.ProcessUsage;
import perf.topid.sample.ThreadUsage;

/**
 * A sample as one line of JSON: an object with the time, the number of the sample and its
 * processes. Processor time is in percent of one processor, memory in kilobytes.
 */
public final class SampleJson {

	private SampleJson() {
	}

	/**
	 * Writes a sample.
	 * @param time when it was taken
	 * @param number its number, from 1
	 * @param processes the processes
	 */
	public static String line(Instant time, long number, List<ProcessUsage> processes) {
		StringBuilder json = new StringBuilder("{\"time\":\"").append(time)
			.append("\",\"sample\":")
			.append(number)
			.append(",\"processes\":[");
		String separator = "";
		for (ProcessUsage each : processes) {
			json.append(separator);
			append(json, each);
			separator = ",";
		}
		return json.append("]}\n").toString();
	}

	private static void append(StringBuilder json, ProcessUsage process) {
		json.append("{\"pid\":").append(process.pid()).append(",\"start\":").append(process.start());
		json.append(",\"parent\":").append(process.parent()).append(",\"name\":");
		string(json, process.name());
		if (!process.commandLine().isEmpty()) {
			json.append(",\"command\":");
			string(json, process.commandLine());
		}
		json.append(",\"kernel\":").append(process.kernel());
		json.append(",\"priority\":").append(process.priority());
		rates(json, process.user(), process.system());
		json.append(",\"memory\":").append(process.memory().isPresent() ? process.memory().getAsLong() : null);
		if (!process.threads().isEmpty()) {
			json.append(",\"threads\":[");
			String separator = "";
			for (ThreadUsage each : process.threads()) {
				json.append(separator);
				append(json, each);
				separator = ",";
			}
			json.append(']');
		}
		json.append('}');
	}

	private static void append(StringBuilder json, ThreadUsage thread) {
		json.append("{\"tid\":").append(thread.tid()).append(",\"start\":").append(thread.start()).append(",\"name\":");
		string(json, thread.name());
		json.append(",\"priority\":").append(thread.priority());
		rates(json, thread.user(), thread.system());
		json.append('}');
	}

	private static void rates(StringBuilder json, double user, double system) {
		json.append(",\"user\":").append(Columns.decimal(user)).append(",\"system\":").append(Columns.decimal(system));
	}

	private static void string(StringBuilder json, String text) {
		json.append('"');
		for (int i = 0; i < text.length(); i++) {
			char each = text.charAt(i);
			if (each == '"' || each == '\\') {
				json.append('\\').append(each);
			}
			else if (each < ' ' || each == '\u007f' || Character.isSurrogate(each) || each == '\u2028'
					|| each == '\u2029') {
				json.append("\\u").append(Integer.toHexString(0x10000 | each), 1, 5);
			}
			else {
				json.append(each);
			}
		}
		json.append('"');
	}

}
