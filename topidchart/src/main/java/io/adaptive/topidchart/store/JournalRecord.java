package io.adaptive.topidchart.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

import io.adaptive.topidchart.series.Moment;
import io.adaptive.topidchart.series.Reading;
import io.adaptive.topidchart.series.SeriesKey;

/**
 * A sample in a journal: its length, a checksum, and its parts in order.
 */
final class JournalRecord {

	private static final int HEADING = 8;

	private JournalRecord() {
	}

	static byte[] encode(Moment moment) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		DataOutputStream output = new DataOutputStream(body);
		output.writeLong(moment.number());
		output.writeLong(moment.millis());
		output.writeLong(moment.dropped());
		byte[] snapshot = moment.snapshot().getBytes(StandardCharsets.UTF_8);
		output.writeInt(snapshot.length);
		output.write(snapshot);
		output.writeInt(moment.readings().size());
		for (Reading each : moment.readings()) {
			output.writeInt(each.key().pid());
			output.writeLong(each.key().start());
			output.writeUTF(each.key().label());
			output.writeUTF(each.name());
			output.writeInt(each.user());
			output.writeInt(each.system());
			output.writeLong(each.memory());
		}
		byte[] bytes = body.toByteArray();
		ByteArrayOutputStream record = new ByteArrayOutputStream(bytes.length + HEADING);
		DataOutputStream heading = new DataOutputStream(record);
		heading.writeInt(bytes.length);
		heading.writeInt(checksum(bytes));
		heading.write(bytes);
		return record.toByteArray();
	}

	/**
	 * Decodes records up to the first one that is cut off or damaged.
	 */
	static List<Moment> decodeAll(byte[] bytes) throws IOException {
		List<Moment> moments = new ArrayList<>();
		DataInputStream input = new DataInputStream(new ByteArrayInputStream(bytes));
		while (input.available() >= HEADING) {
			int length = input.readInt();
			int checksum = input.readInt();
			if (length < 0 || length > input.available()) {
				break;
			}
			byte[] body = input.readNBytes(length);
			if (checksum(body) != checksum) {
				break;
			}
			moments.add(decode(new DataInputStream(new ByteArrayInputStream(body))));
		}
		return moments;
	}

	private static Moment decode(DataInputStream input) throws IOException {
		long number = input.readLong();
		long millis = input.readLong();
		long dropped = input.readLong();
		String snapshot = new String(input.readNBytes(input.readInt()), StandardCharsets.UTF_8);
		int count = input.readInt();
		List<Reading> readings = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			SeriesKey key = new SeriesKey(input.readInt(), input.readLong(), input.readUTF());
			readings.add(new Reading(key, input.readUTF(), input.readInt(), input.readInt(), input.readLong()));
		}
		return new Moment(number, millis, dropped, readings, snapshot);
	}

	private static int checksum(byte[] bytes) {
		CRC32 checksum = new CRC32();
		checksum.update(bytes);
		return (int) checksum.getValue();
	}

}
