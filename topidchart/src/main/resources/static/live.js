// @ts-check
/**
 * Samples as they arrive. A browser opens six connections to a host, for all tabs together:
 * three tabs listen, the others ask. A tab that is not seen does neither.
 */

const LISTENERS = 3;

export class Live {

	constructor(path, events) {
		this.path = path;
		this.events = events;
		this.source = null;
		this.keys = '';
		this.listens = takePlace();
	}

	/** Listens for these series; an empty text listens for none. */
	async listen(keys) {
		if (document.hidden || !(await this.listens)) {
			return;
		}
		if (this.source && this.keys === keys && this.source.readyState !== 2) {
			return;
		}
		this.stop();
		this.keys = keys;
		this.source = new EventSource(`${this.path}/live?keys=${encodeURIComponent(keys)}`);
		this.source.onmessage = (event) => this.events.sample(JSON.parse(event.data));
		this.source.onopen = () => this.events.state('live');
		this.source.onerror = () => this.events.state('not connected');
	}

	stop() {
		this.source?.close();
		this.source = null;
	}

}

/** Where the browser has no locks, as on a page of another host without TLS, tabs ask. */
async function takePlace() {
	for (let place = 0; navigator.locks && place < LISTENERS; place++) {
		const taken = await new Promise((resolve) => {
			navigator.locks.request(`topid-live-${place}`, { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock ? new Promise(() => {}) : undefined;
			});
		});
		if (taken) {
			return true;
		}
	}
	return false;
}
