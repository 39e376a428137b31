// @ts-check
/** A stacked chart with its legend. Names are text, never markup. */
import { color, columns, machine, OTHER_COLOR } from '/stack.js';

const HEIGHT = 260;
const uPlot = /** @type {any} */ (globalThis).uPlot;
const sync = uPlot.sync('topid');

export class StackChart {

	/**
	 * @param {string} id of the element
	 * @param {'cpu' | 'memory'} part what is shown
	 * @param {import('/state.js').State} state
	 * @param {any} events what the user does
	 */
	constructor(id, part, state, events) {
		this.part = part;
		this.element = document.getElementById(id);
		this.legend = document.getElementById(id + '-legend');
		this.state = state;
		this.events = events;
		this.plot = null;
		this.shape = '';
		this.index = null;
		new ResizeObserver(() => this.resize()).observe(this.element);
	}

	get width() {
		return Math.max(100, Math.floor(this.element.clientWidth));
	}

	resize() {
		if (this.plot && this.plot.width !== this.width) {
			this.plot.setSize({ width: this.width, height: HEIGHT });
		}
	}

	show(charts, chart) {
		this.charts = charts;
		this.chart = chart;
		const made = columns(charts, chart, this.state, this.part);
		const machineLines = machine(chart, this.state, this.part);
		const stacked = made.lines.map((line) => ({ label: line.name, fill: color(line.name) }));
		if (made.withOther) {
			stacked.push({ label: 'other', fill: OTHER_COLOR });
		}
		stacked.reverse();
		const shape = JSON.stringify([stacked, machineLines.map((line) => line.name), document.documentElement.dataset.theme]);
		if (!this.plot || shape !== this.shape) {
			this.plot?.destroy();
			this.plot = this.make(stacked, machineLines, made.data);
			this.shape = shape;
		}
		else {
			this.plot.setData(made.data);
		}
		this.element.dataset.points = String(chart.other.filter((value) => value !== null).length);
		this.element.dataset.first = String(chart.other.findIndex((value) => value !== null));
		this.showLegend();
	}

	make(stacked, machine, data) {
		const style = getComputedStyle(document.documentElement);
		const axis = { stroke: style.getPropertyValue('--text'), grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { stroke: style.getPropertyValue('--line'), width: 1 } };
		const plot = new uPlot({
			width: this.width, height: HEIGHT, legend: { show: false },
			cursor: { sync: { key: sync.key }, drag: { x: true, y: false, setScale: false } },
			scales: { y: { range: (_, least, greatest) => [Math.min(0, least ?? 0), Math.max(1, (greatest ?? 1) * 1.05)] } },
			axes: [axis, { ...axis, size: 60 }],
			series: [{}, ...stacked.map((each) => ({ label: each.label, fill: each.fill, stroke: each.fill, width: 1, points: { show: false } })),
				...machine.map((line, i) => ({ label: line.name, stroke: color(line.name), width: 1, dash: [4, 2 + i % 4], points: { show: false } }))],
			hooks: {
				setCursor: [(self) => { this.index = self.cursor.idx; this.showValues(); }],
				setSelect: [(self) => {
					if (self.select.width > 3) {
						const from = self.posToVal(self.select.left, 'x') * 1000;
						const to = self.posToVal(self.select.left + self.select.width, 'x') * 1000;
						self.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
						this.events.zoom(from, to);
					}
				}],
			},
		}, data, this.element);
		let down = 0;
		plot.over.addEventListener('mousedown', (event) => down = event.clientX);
		plot.over.addEventListener('click', (event) => {
			if (Math.abs(event.clientX - down) <= 3 && plot.cursor.idx !== null) {
				// The middle of the step, so that the nearest sample is the one in it.
				this.events.moment(Math.round(plot.data[0][plot.cursor.idx] * 1000 + Math.floor(this.charts.step / 2)));
			}
		});
		return plot;
	}

	showLegend() {
		const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
		const entries = this.state.processes.has(this.part) ? [...this.chart.lines, { key: 'other', name: `other (${this.chart.hidden})`, means: this.chart.other, peaks: [], lastMillis: 0 }] : [];
		const processes = entries.length;
		entries.push(...machine(this.chart, this.state, this.part));
		const last = this.charts.start + this.charts.steps * this.charts.step;
		this.values = [];
		this.legend.replaceChildren(...entries.map((line, i) => {
			const button = document.createElement('button');
			button.type = 'button';
			button.dataset.key = line.key;
			const on = this.state.only ? this.state.only === line.key : !this.state.off.has(line.key);
			button.setAttribute('aria-pressed', String(on));
			button.append(swatch(line.key === 'other' ? OTHER_COLOR : color(line.name)));
			if (i >= processes) {
				button.setAttribute('aria-pressed', 'true');
				button.disabled = true;
			}
			const name = text('span', 'name', line.name);
			name.title = line.name;
			const value = text('span', 'value', '');
			button.append(name, value);
			if (line.lastMillis && line.lastMillis < last - 5 * this.charts.step && !this.state.frozen) {
				button.classList.add('ended');
				button.title = 'exited';
			}
			button.addEventListener('click', () => this.events.toggle(line.key));
			button.addEventListener('dblclick', () => this.events.follow(line.key));
			this.values.push([line, value]);
			const item = document.createElement('li');
			item.append(button);
			return item;
		}));
		if (focused) {
			[...this.legend.querySelectorAll('button')].find((each) => each.dataset.key === focused)?.focus();
		}
		this.showValues();
	}

	/** The value at the cursor, else the latest one. */
	showValues() {
		const at = this.index ?? this.charts.steps - 1;
		for (const [line, element] of this.values ?? []) {
			const mean = line.means[at];
			const peak = line.peaks[at];
			element.textContent = mean === null || mean === undefined ? '–'
				: peak !== undefined && peak !== null && peak > mean + 0.05 ? `${mean.toFixed(1)} ↑${peak.toFixed(1)}` : mean.toFixed(1);
		}
	}

	canvas() {
		return this.plot.ctx.canvas;
	}

}

function swatch(fill) {
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	svg.setAttribute('viewBox', '0 0 10 10');
	const box = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
	for (const [name, value] of Object.entries({ width: '10', height: '10', fill })) {
		box.setAttribute(name, value);
	}
	svg.append(box);
	return svg;
}

export function text(tag, className, content) {
	const element = document.createElement(tag);
	element.className = className;
	element.textContent = content;
	return element;
}
