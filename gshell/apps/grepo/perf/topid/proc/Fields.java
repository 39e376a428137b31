package perf.topid.proc;

/**
 * The fields of a line of {@code /proc}, separated by blanks, one after the other. It
 * makes no strings.
 */
final class Fields {

	private final byte[] bytes;

	private final int end;

	private int position;

	Fields(byte[] bytes, int start, int end) {
		this.bytes = bytes;
		this.position = start;
		this.end = end;
	}

	/**
	 * Returns whether the line has another field.
	 */
	boolean hasNext() {
		skipBlanks();
		return this.position < this.end && this.bytes[this.position] != '\n';
	}

	/**
	 * Skips fields.
	 */
	void skip(int count) {
		for (int i = 0; i < count; i++) {
			next();
		}
	}

	char letter() {
		next();
		return (char) this.bytes[this.position - 1];
	}

	/**
	 * Returns the next field, a number. One beyond 63 bits wraps.
	 * @throws IllegalArgumentException if it is no number
	 */
	long number() {
		int start = next();
		boolean negative = this.bytes[start] == '-';
		long value = 0;
		for (int i = negative ? start + 1 : start; i < this.position; i++) {
			int digit = this.bytes[i] - '0';
			if (digit < 0 || digit > 9) {
				throw new IllegalArgumentException("no number");
			}
			value = value * 10 + digit;
		}
		return negative ? -value : value;
	}

	/**
	 * Passes the next field.
	 * @return where it starts
	 */
	private int next() {
		if (!hasNext()) {
			throw new IllegalArgumentException("too few fields");
		}
		int start = this.position;
		while (this.position < this.end && !isBlank(this.bytes[this.position]) && this.bytes[this.position] != '\n') {
			this.position++;
		}
		return start;
	}

	private void skipBlanks() {
		while (this.position < this.end && isBlank(this.bytes[this.position])) {
			this.position++;
		}
	}

	private static boolean isBlank(byte each) {
		return each == ' ' || each == '\t';
	}

}
