// @ts-check
/** Another session beside the one of the page, by time or from the starts of both. */
import { StackChart, text } from '/chart.js';
import { Latest } from '/latest.js';
import { time } from '/list.js';

export class Comparison {

	/**
	 * @param {import('/state.js').State} state
	 * @param {import('/session.js').SessionPage} page
	 */
	constructor(state, page) {
		this.state = state;
		this.page = page;
		this.section = /** @type {HTMLElement} */ (document.getElementById('comparison'));
		this.loads = new Latest();
		this.path = '';
		/** What is added to the times of the other session. */
		this.shift = 0;
		const events = {
			zoom: (from, to) => page.zoom(from, to),
			moment: (at) => page.moment(at - this.shift, this.path, this.state.other),
			toggle: (key) => page.toggle(key),
			follow: (key) => page.follow(key),
		};
		this.cpu = new StackChart('other-cpu', 'cpu', state, events);
		this.memory = new StackChart('other-memory', 'memory', state, events);
		this.fill([]);
	}

	/** Fills the list of sessions to choose from. */
	async choices() {
		const response = await fetch('/api/sessions');
		if (!response.ok) {
			return;
		}
		const own = `${this.page.tag}/${this.page.name}`;
		this.fill((await response.json()).map((each) => `${each.tag}/${each.name}`).filter((name) => name !== own));
	}

	/** @param {string[]} names */
	fill(names) {
		const select = /** @type {HTMLSelectElement} */ (document.querySelector('select[name="other"]'));
		const all = this.state.other && !names.includes(this.state.other) ? [this.state.other, ...names] : names;
		select.replaceChildren(new Option('none', ''), ...all.map((name) => new Option(name, name)));
		select.value = this.state.other;
	}

	async load() {
		document.getElementById('charts').classList.toggle('beside', this.state.other !== '');
		this.section.hidden = this.state.other === '';
		if (!this.state.other) {
			return;
		}
		const other = this.state.other;
		const loaded = await this.loads.run(() => this.ask('/api/sessions/' + other.split('/').map(encodeURIComponent).join('/')));
		if (!loaded) {
			return;
		}
		this.path = loaded.path;
		this.shift = loaded.shift;
		this.showTitle(other, loaded);
		if (loaded.charts) {
			this.cpu.show(loaded.charts, loaded.charts.cpu);
			this.memory.show(loaded.charts, loaded.charts.memory);
			this.section.dataset.drawn = other;
		}
		else if (this.section.dataset.drawn !== other) {
			this.section.dataset.drawn = '';
		}
	}

	/**
	 * Asks for the other session. What failed is told beside its name, since the session of
	 * the page goes on.
	 * @param {string} path
	 */
	async ask(path) {
		let failure = '';
		const failed = (word) => {
			failure = word;
		};
		const details = await this.page.get('', path, failed);
		const shift = this.state.fromStart && details?.firstMillis ? this.page.details.firstMillis - details.firstMillis : 0;
		const [from, to] = this.page.span();
		const charts = details && await this.page.askCharts(Math.max(0, from - shift), Math.max(1, to - shift), path, failed);
		if (charts) {
			charts.start += shift;
		}
		return { path, details, shift, charts, failure };
	}

	showTitle(other, { details, shift, failure }) {
		const note = failure ? ` ${failure}` : shift ? ` begun ${time(details.firstMillis)}, shown from the start of the first one` : '';
		document.getElementById('other-title').replaceChildren(text('span', '', other), text('span', 'soft', note));
	}

}
