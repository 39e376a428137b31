// @ts-check
/** The page of a session: what is asked for, and when. */
import { StackChart, text } from '/chart.js';
import { Controls, showMessage } from '/controls.js';
import { saveCsv, saveJson, savePng } from '/export.js';
import { Live } from '/live.js';
import { time } from '/list.js';
import { showPie } from '/pie.js';
import { append, dropBefore } from '/stack.js';

/** So often the ranking is asked for again, and all data where it does not arrive by itself. */
const RANK_MILLIS = 5000;
const ASK_MILLIS = 1000;

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
		const events = {
			zoom: (from, to) => this.zoom(from, to),
			moment: (at) => this.moment(at),
			toggle: (key) => this.toggle(key),
			follow: (key) => this.follow(key),
		};
		this.cpu = new StackChart('cpu', state, events);
		this.memory = new StackChart('memory', state, events);
		this.live = new Live(this.path, { sample: (sample) => this.take(sample), state: (word) => this.showState(word) });
		this.controls = new Controls(state, this);
	}

	async start() {
		document.getElementById('title').textContent = `${this.tag} / ${this.name}`;
		document.title = `${this.tag} – topid`;
		for (const [id, save] of Object.entries({ csv: saveCsv, json: saveJson, png: savePng })) {
			document.getElementById(id).addEventListener('click', () => save(this));
		}
		document.getElementById('pie').addEventListener('toggle', () => this.draw());
		document.querySelector('#snapshots select').addEventListener('change', () => this.showSnapshot());
		document.getElementById('snapshots').addEventListener('toggle', () => this.showSnapshot());
		document.addEventListener('visibilitychange', () => document.hidden ? this.live.stop() : this.load());
		await this.load();
		if (this.state.at) {
			await this.moment(this.state.at);
		}
		setInterval(() => this.again(), ASK_MILLIS);
	}

	/** Asks again where samples do not arrive by themselves, and for the ranking. */
	async again() {
		const due = performance.now() - this.loading;
		if (!document.hidden && !this.state.frozen && (due > RANK_MILLIS || performance.now() - this.heard > 2 * ASK_MILLIS)) {
			await this.load();
		}
	}

	async load() {
		this.loading = performance.now();
		this.details = await this.get('');
		if (!this.details) {
			return;
		}
		const [from, to] = this.span();
		const query = new URLSearchParams({ from: String(Math.round(from)), to: String(Math.round(to)), width: String(this.cpu.width),
			filter: this.state.filter, top: String(this.state.top), machine: String(this.state.machine) });
		const charts = await this.get('/charts?' + query);
		if (!charts) {
			return;
		}
		this.charts = charts;
		this.draw();
		this.showDetails();
		if (this.details.entry.live && !this.state.frozen && charts.step === 1000 * this.details.intervalSeconds) {
			const keys = [...charts.cpu.lines, ...charts.memory.lines, ...charts.cpu.machine, ...charts.memory.machine].map((line) => line.key);
			await this.live.listen([...new Set(keys)].sort().join(','));
		}
		else {
			this.live.stop();
			this.showState(this.state.frozen ? 'frozen' : this.details.entry.live ? 'live' : 'ended');
		}
	}

	async get(path) {
		try {
			const response = await fetch(this.path + path);
			if (response.ok) {
				return await response.json();
			}
			this.showState(response.status === 404 ? 'no such session' : `error ${response.status}`);
		}
		catch (error) {
			this.showState('not connected');
		}
		return null;
	}

	/** The span that is seen. One that is live ends with the last sample. */
	span() {
		const last = (this.details.entry.lastMillis || this.details.entry.opened) + 1;
		return this.state.frozen ? [this.state.from, this.state.to] : [Math.max(0, last - 1000 * this.state.window), last];
	}

	take(sample) {
		this.heard = performance.now();
		if (this.state.frozen || !this.charts) {
			return;
		}
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
		const { machine, clockOffset, dropped, leftOut, databaseAway, snapshots, intervalSeconds } = this.details;
		showMessage([this.state.filterRefused ? 'The filter of the address is none: four numbers with commas between. The default is used.' : '',
			databaseAway ? 'The database does not store samples at the moment; the page goes on.' : '',
			clockOffset ? `The clock of the collector is ${Math.abs(clockOffset / 1000).toFixed(1)} s ${clockOffset > 0 ? 'behind' : 'ahead'}; times are those of the service.` : '',
			dropped ? `The collector has dropped ${dropped} samples.` : '',
			leftOut ? `${leftOut} values were left out: too many series.` : '']);
		const entries = { processors: String(machine.processors), processor: machine.processor, kernel: machine.kernel, limits: machine.limits, interval: `${intervalSeconds} s` };
		document.querySelector('#information dl').replaceChildren(...Object.entries(entries).filter(([, value]) => value)
			.flatMap(([name, value]) => [text('dt', '', name), text('dd', '', value)]));
		document.querySelector('#information pre').textContent = machine.information;
		const select = /** @type {HTMLSelectElement} */ (document.querySelector('#snapshots select'));
		if (select.options.length !== snapshots.length) {
			const chosen = select.value;
			select.replaceChildren(...snapshots.map((millis) => new Option(time(millis), String(millis))));
			select.value = snapshots.map(String).includes(chosen) ? chosen : String(snapshots.at(-1) ?? '');
			this.showSnapshot();
		}
	}

	async showSnapshot() {
		const select = /** @type {HTMLSelectElement} */ (document.querySelector('#snapshots select'));
		if (select.value && /** @type {HTMLDetailsElement} */ (document.getElementById('snapshots')).open) {
			const response = await fetch(`${this.path}/snapshots/${select.value}`);
			document.querySelector('#snapshots pre').textContent = response.ok ? await response.text() : 'none';
		}
	}

	async moment(at) {
		this.state.at = at;
		this.state.write();
		const rows = await this.get('/moment?at=' + Math.round(at));
		if (!rows) {
			return;
		}
		document.getElementById('moment').hidden = false;
		document.getElementById('moment-title').textContent = rows.length ? `All ${rows.length} series at ${time(rows[0].millis)}` : 'No sample at that time';
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
