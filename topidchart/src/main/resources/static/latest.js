// @ts-check
/** Asynchronous work of which only the latest counts. */

export class Latest {

	constructor() {
		this.turn = 0;
		this.waiting = 0;
	}

	/**
	 * Does the work, and returns its result; null if other work was begun meanwhile.
	 * @template T
	 * @param {() => Promise<T>} work
	 * @returns {Promise<T | null>}
	 */
	async run(work) {
		const turn = ++this.turn;
		this.waiting++;
		try {
			const result = await work();
			return turn === this.turn ? result : null;
		}
		finally {
			this.waiting--;
		}
	}

	get busy() {
		return this.waiting > 0;
	}

}
