// @ts-check
/** The page of a session: what is asked for, and when. */
import { StackChart, text } from '/chart.js';
import { Comparison } from '/compare.js';
import { Controls, showMessage } from '/controls.js';
import { saveCsv, saveJson, savePng } from '/export.js';
import { Latest } from '/latest.js';
import { Live } from '/live.js';
import { time } from '/list.js';
import { showPie } from '/pie.js';
import { append, dropBefore, isLater } from '/stack.js';

/** So often the ranking is asked for again, and all data where it does not arrive by itself. */
const RANK_MILLIS = 5000;
const ASK_MILLIS = 1000;
const PATIENCE_MILLIS = 20000;

export class SessionPage {

	constructor(tag, name, state) {
		this.state = state;
		this.tag = tag;
		this.name = name;
		this.path = `/api/sessions/${encodeURIComponent(tag)}/${encodeURIComponent(name)}`;
		this.charts = null;
		this.details = null;
		this.loading = 0;
		this.heard = 0;
		/** Samples that have arrived while charts were loaded. */
		this.arrived = [];
		this.loads = new Latest();
		this.moments = new Latest();
		this.trees = new Latest();
		const events = {
			zoom: (from, to) => this.zoom(from, to),
			moment: (at) => this.moment(at, this.path, ''),
			toggle: (key) => this.toggle(key),
			follow: (key) => this.follow(key),
		};
		this.cpu = new StackChart('cpu', 'cpu', state, events);
		this.memory = new StackChart('memory', 'memory', state, events);
		this.comparison = new Comparison(state, this);
		this.live = new Live(this.path, { sample: (sample) => this.take(sample), state: (word) => this.showState(word) });
		this.controls = new Controls(state, this);
	}

	async start() {
		document.getElementById('title').textContent = `${this.tag} / ${this.name}`;
		document.title = `${this.tag} – topid`;
		for (const [id, save] of Object.entries({ csv: saveCsv, json: saveJson, png: savePng })) {
			document.getElementById(id).addEventListener('click', () => save(this));
		}
		const parts = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll('#session > details')]);
		for (const part of parts) {
			part.open = this.state.open.has(part.id);
			part.addEventListener('toggle', () => this.opened(part));
		}
		document.querySelector('#snapshots select').addEventListener('change', (event) => this.chooseTree(/** @type {HTMLSelectElement} */ (event.target).value));
		document.addEventListener('visibilitychange', () => document.hidden ? this.live.stop() : this.load());
		await this.load();
		if (this.state.at) {
			await this.moment(this.state.at, this.state.atOther ? '/api/sessions/' + this.state.other.split('/').map(encodeURIComponent).join('/') : this.path, this.state.atOther ? this.state.other : '');
		}
		await this.comparison.choices();
		setInterval(() => this.again(), ASK_MILLIS);
	}

	opened(part) {
		part.open ? this.state.open.add(part.id) : this.state.open.delete(part.id);
		this.state.write();
		this.draw();
		this.showSnapshot();
	}

	/** Asks again where samples do not arrive by themselves, and for the ranking. */
	async again() {
		const due = performance.now() - this.loading;
		if (!document.hidden && !this.state.frozen && !this.loads.busy && (due > RANK_MILLIS || performance.now() - this.heard > 2 * ASK_MILLIS)) {
			await this.load();
		}
	}

	async load() {
		this.loading = performance.now();
		this.arrived = [];
		const loaded = await this.loads.run(() => this.ask());
		if (!loaded) {
			return;
		}
		this.details = loaded.details;
		this.charts = loaded.charts;
		// What has arrived meanwhile is not in there.
		this.arrived.filter((sample) => isLater(this.charts, sample)).forEach((sample) => append(this.charts, sample));
		this.draw();
		this.showDetails();
		const { charts } = this;
		const comparison = this.comparison.load();
		if (this.details.entry.live && !this.state.frozen && charts.step === 1000 * this.details.intervalSeconds) {
			const keys = [...charts.cpu.lines, ...charts.memory.lines, ...charts.cpu.machine, ...charts.memory.machine].map((line) => line.key);
			await this.live.listen([...new Set(keys)].sort().join(','));
		}
		else {
			this.live.stop();
			this.showState(this.state.frozen ? 'frozen' : this.details.entry.live ? 'live' : 'ended');
		}
		await comparison;
	}

	async ask() {
		const details = await this.get('');
		if (!details) {
			return null;
		}
		const charts = await this.askCharts(...this.span(details), this.path);
		return charts ? { details, charts } : null;
	}

	askCharts(from, to, path, failed = (word) => this.showState(word)) {
		const query = new URLSearchParams({ from: String(Math.round(from)), to: String(Math.round(to)), width: String(this.cpu.width),
			filter: this.state.filter, top: String(this.state.top), machine: String(this.state.machine.size > 0) });
		return this.get('/charts?' + query, path, failed);
	}

	async get(what, path = this.path, failed = (word) => this.showState(word)) {
		try {
			const response = await fetch(path + what, { signal: AbortSignal.timeout(PATIENCE_MILLIS) });
			if (response.ok) {
				return await response.json();
			}
			failed(response.status === 404 ? 'no such session' : `error ${response.status}`);
		}
		catch (error) {
			failed('not connected');
		}
		return null;
	}

	/** The span that is seen. One that is live ends with the last sample. */
	span(details = this.details) {
		const last = (details.entry.lastMillis || details.entry.opened) + 1;
		return this.state.frozen ? [this.state.from, this.state.to] : [Math.max(0, last - 1000 * this.state.window), last];
	}

	take(sample) {
		this.heard = performance.now();
		if (this.state.frozen || !this.charts) {
			return;
		}
		this.arrived.push(sample);
		if (append(this.charts, sample)) {
			dropBefore(this.charts, sample.millis - 1000 * this.state.window);
			this.draw();
			this.details.dropped = sample.dropped;
			document.documentElement.dataset.sample = String(sample.number);
		}
	}

	draw() {
		if (!this.charts) {
			return;
		}
		this.cpu.show(this.charts, this.charts.cpu);
		this.memory.show(this.charts, this.charts.memory);
		if (/** @type {HTMLDetailsElement} */ (document.getElementById('pie')).open) {
			showPie(document.getElementById('cpu-pie'), this.charts.cpu);
			showPie(document.getElementById('memory-pie'), this.charts.memory);
		}
		document.documentElement.dataset.drawn = 'true';
	}

	showState(word) {
		document.getElementById('live').textContent = word;
	}

	showDetails() {
		document.getElementById('pinned').hidden = !this.details.entry.pinned;
		const { machine, clockOffset, dropped, leftOut, databaseAway, snapshots, intervalSeconds } = this.details;
		showMessage([this.state.filterRefused ? 'The filter of the address is none: four numbers with commas between. The default is used.' : '',
			databaseAway ? 'The database does not store samples at the moment; the page goes on.' : '',
			clockOffset ? `The clock of the collector is ${Math.abs(clockOffset / 1000).toFixed(1)} s ${clockOffset > 0 ? 'behind' : 'ahead'}; times are those of the service.` : '',
			dropped ? `The collector has dropped ${dropped} samples.` : '',
			leftOut ? `${leftOut} values were left out: above a limit of series or memory.` : '']);
		const entries = { processors: String(machine.processors), processor: machine.processor, kernel: machine.kernel, limits: machine.limits, interval: `${intervalSeconds} s` };
		document.querySelector('#information dl').replaceChildren(...Object.entries(entries).filter(([, value]) => value)
			.flatMap(([name, value]) => [text('dt', '', name), text('dd', '', value)]));
		document.querySelector('#information pre').textContent = machine.information;
		const select = /** @type {HTMLSelectElement} */ (document.querySelector('#snapshots select'));
		if (select.options.length !== snapshots.length) {
			const chosen = String(this.state.tree || select.value);
			select.replaceChildren(...snapshots.map((millis) => new Option(time(millis), String(millis))));
			select.value = snapshots.map(String).includes(chosen) ? chosen : String(snapshots.at(-1) ?? '');
			this.showSnapshot();
		}
	}

	chooseTree(millis) {
		this.state.tree = Number(millis);
		this.state.write();
		return this.showSnapshot();
	}

	async showSnapshot() {
		const select = /** @type {HTMLSelectElement} */ (document.querySelector('#snapshots select'));
		if (select.value && this.state.open.has('snapshots')) {
			const tree = await this.trees.run(async () => {
				const response = await fetch(`${this.path}/snapshots/${select.value}`);
				return response.ok ? response.text() : 'none';
			});
			if (tree !== null) {
				document.querySelector('#snapshots pre').textContent = tree;
			}
		}
	}

	/** Lists all series of the sample next to a moment, of this session or of the one beside it. */
	async moment(at, path, other) {
		this.state.at = Math.round(at);
		this.state.atOther = other !== '';
		this.state.write();
		const rows = await this.moments.run(() => this.get('/moment?at=' + Math.round(at), path));
		if (!rows) {
			return;
		}
		document.getElementById('moment').hidden = false;
		document.getElementById('moment-title').textContent = rows.length ? `All ${rows.length} series at ${time(rows[0].millis)}${other && ' of ' + other}` : 'No sample at that time';
		document.querySelector('#moment tbody').replaceChildren(...rows.map((each) => {
			const row = document.createElement('tr');
			row.append(text('td', '', each.name), text('td', 'number', each.user.toFixed(2)), text('td', 'number', each.system.toFixed(2)),
				text('td', 'number', each.memory < 0 ? '–' : String(each.memory)));
			return row;
		}));
	}

	zoom(from, to) {
		const least = 2000 * this.details.intervalSeconds;
		this.state.from = Math.max(0, Math.min(from, to - least));
		this.state.to = Math.max(to, this.state.from + least);
		this.changed();
	}

	toggle(key) {
		this.state.only = '';
		this.state.off.has(key) ? this.state.off.delete(key) : this.state.off.add(key);
		this.state.write();
		this.draw();
	}

	follow(key) {
		this.state.off.clear();
		this.state.only = this.state.only === key ? '' : key;
		this.state.write();
		this.draw();
	}

	/** The state has changed: the address, the controls and the data follow. */
	changed() {
		this.state.write();
		this.controls.show();
		return this.load();
	}

}
