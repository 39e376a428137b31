// @ts-check
/** Controls and keys. */

export class Controls {

	constructor(state, page) {
		this.state = state;
		this.page = page;
		this.form = /** @type {HTMLFormElement} */ (document.getElementById('controls'));
		this.form.addEventListener('submit', (event) => event.preventDefault());
		// Some fields are beside their chart.
		document.getElementById('session').addEventListener('change', (event) => {
			if (/** @type {HTMLInputElement} */ (event.target).form === this.form) {
				this.read();
			}
		});
		const actions = { freeze: () => this.freeze(), all: () => this.all(), back: () => this.pan(-0.5), forth: () => this.pan(0.5), in: () => this.scale(0.5), out: () => this.scale(2) };
		for (const [id, action] of Object.entries(actions)) {
			document.getElementById(id).addEventListener('click', action);
		}
		document.addEventListener('keydown', (event) => this.key(event));
		this.show();
	}

	field(name) {
		return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
	}

	show() {
		this.state.filter.split(',').forEach((value, i) => this.field('f' + i).value = value);
		this.field('top').value = String(this.state.top);
		this.field('window').value = String(this.state.window);
		for (const part of ['cpu', 'memory']) {
			this.field('machine-' + part).checked = this.state.machine.has(part);
			this.field('processes-' + part).checked = this.state.processes.has(part);
		}
		this.field('other').value = this.state.other;
		this.field('align').value = this.state.fromStart ? 'start' : 'time';
		document.getElementById('freeze').setAttribute('aria-pressed', String(this.state.frozen));
	}

	read() {
		this.state.filter = [0, 1, 2, 3].map((i) => Math.max(0, Number(this.field('f' + i).value) || 0)).map((value) => Number(value.toFixed(3))).join(',');
		this.state.filterRefused = false;
		this.state.top = Math.min(30, Math.max(0, Math.round(Number(this.field('top').value) || 0)));
		const seconds = Number(this.field('window').value);
		if (seconds && seconds !== this.state.window) {
			this.state.window = seconds;
			this.state.from = 0;
			this.state.to = 0;
		}
		for (const [name, parts] of Object.entries({ machine: this.state.machine, processes: this.state.processes })) {
			['cpu', 'memory'].forEach((part) => this.field(`${name}-${part}`).checked ? parts.add(part) : parts.delete(part));
		}
		this.state.other = this.field('other').value;
		this.state.fromStart = this.field('align').value === 'start';
		this.page.changed();
	}

	freeze() {
		if (this.state.frozen) {
			this.state.from = 0;
			this.state.to = 0;
			this.page.changed();
		}
		else {
			const [from, to] = this.page.span();
			this.page.zoom(from, to);
		}
	}

	all() {
		const { firstMillis, entry } = this.page.details;
		this.page.zoom(firstMillis, entry.lastMillis + 1);
	}

	pan(part) {
		const [from, to] = this.page.span();
		this.page.zoom(from + part * (to - from), to + part * (to - from));
	}

	scale(factor) {
		const [from, to] = this.page.span();
		const middle = (from + to) / 2;
		this.page.zoom(middle - factor * (to - from) / 2, middle + factor * (to - from) / 2);
	}

	next() {
		const keys = this.page.charts.cpu.lines.map((line) => line.key);
		const next = keys[(keys.indexOf(this.state.only) + 1) % keys.length];
		if (next && next !== this.state.only) {
			this.page.follow(next);
		}
	}

	everyProcess() {
		this.state.only = '';
		this.state.off.clear();
		this.page.changed();
	}

	key(event) {
		if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement || !this.page.charts) {
			return;
		}
		const actions = { ArrowLeft: () => this.pan(-0.25), ArrowRight: () => this.pan(0.25), '+': () => this.scale(0.5), '-': () => this.scale(2),
			f: () => this.freeze(), 0: () => this.all(), n: () => this.next(), Escape: () => this.everyProcess() };
		if (actions[event.key]) {
			event.preventDefault();
			actions[event.key]();
		}
	}

}

export function showMessage(lines) {
	const element = document.getElementById('message');
	const shown = lines.filter((line) => line).join(' ');
	element.textContent = shown;
	element.hidden = !shown;
}
