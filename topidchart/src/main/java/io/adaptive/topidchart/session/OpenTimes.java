package io.adaptive.topidchart.session;

/**
 * The numbers and times of the samples of the open block, which all series share. Not for
 * several threads.
 */
final class OpenTimes {

	private final long[] numbers;

	private final long[] millis;

	private int size;

	OpenTimes(int capacity) {
		this.numbers = new long[capacity];
		this.millis = new long[capacity];
	}

	/**
	 * Adds a sample.
	 * @return its index
	 */
	int add(long number, long time) {
		this.numbers[this.size] = number;
		this.millis[this.size] = time;
		return this.size++;
	}

	long number(int index) {
		return this.numbers[index];
	}

	long millis(int index) {
		return this.millis[index];
	}

	boolean isFull() {
		return this.size == this.numbers.length;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	void clear() {
		this.size = 0;
	}

}
