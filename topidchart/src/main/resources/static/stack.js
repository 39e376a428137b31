// @ts-check
/** Lines on top of each other, as columns for the chart. No document here. */

/** The colour of all series that are not shown by themselves. */
export const OTHER_COLOR = 'hsl(0 0% 60%)';

/** The names of series, in the order in which the page has shown them first. */
const names = new Map();

/**
 * The colour of a series. It is the same on all charts as long as the page is open, whatever
 * its rank. Hues are far apart, and each third is darker, so that neighbours mostly differ
 * without colour, too.
 */
export function color(name) {
	const index = names.get(name) ?? names.size;
	names.set(name, index);
	return `hsl(${(index * 137.5) % 360} 65% ${[62, 48, 36][index % 3]}%)`;
}

/** The lines that are drawn: not switched off, or the one that is followed. */
export function visible(chart, state, part) {
	if (!state.processes.has(part)) {
		return [];
	}
	return chart.lines.filter((line) => state.only ? line.key === state.only : !state.off.has(line.key));
}

/** The series of the machine that are drawn. */
export function machine(chart, state, part) {
	return state.machine.has(part) ? chart.machine : [];
}

/**
 * Makes the columns of a chart: times in seconds, the sums from the top one down, and the
 * series of the machine as they are. A step without a sample is a gap in all of them.
 */
export function columns(charts, chart, state, part) {
	const times = Array.from({ length: charts.steps }, (_, i) => (charts.start + i * charts.step) / 1000);
	const lines = visible(chart, state, part);
	const sums = [];
	let below = new Array(charts.steps).fill(0);
	for (const line of lines) {
		below = below.map((sum, i) => chart.other[i] === null ? null : (sum ?? 0) + (line.means[i] ?? 0));
		sums.push(below);
	}
	const withOther = state.processes.has(part) && !state.only && !state.off.has('other');
	if (withOther) {
		sums.push(below.map((sum, i) => chart.other[i] === null ? null : (sum ?? 0) + chart.other[i]));
	}
	return { lines, withOther, data: [times, ...sums.reverse(), ...machine(chart, state, part).map((line) => line.means)] };
}

/**
 * Puts a live sample at its place, in all lines of both charts. A step is no gap if the
 * sample follows the one before as it should.
 */
export function append(charts, sample) {
	const late = sample.millis - (charts.lastMillis ?? 0) < 1.5 * charts.step;
	charts.lastMillis = sample.millis;
	const index = Math.floor((sample.millis - charts.start) / charts.step);
	if (index < 0 || index > charts.steps + 3600) {
		return false;
	}
	for (const [chart, part] of [[charts.cpu, 0], [charts.memory, 1]]) {
		const all = [...chart.lines, ...chart.machine];
		for (let i = charts.steps; i <= index; i++) {
			const bridged = late && i === index - 1;
			chart.other.push(bridged ? chart.other.at(-1) : null);
			all.forEach((line) => {
				line.means.push(bridged ? line.means.at(-1) : null);
				line.peaks.push(bridged ? line.peaks.at(-1) : null);
			});
		}
		let shown = 0;
		for (const line of all) {
			const values = sample.values[line.key];
			if (values) {
				line.means[index] = values[part];
				line.peaks[index] = Math.max(line.peaks[index] ?? 0, values[part]);
				line.lastMillis = sample.millis;
			}
		}
		chart.lines.forEach((line) => shown += sample.values[line.key]?.[part] ?? 0);
		chart.other[index] = Math.max(0, Math.round((sample.total[part] - shown) * 100) / 100);
	}
	charts.steps = Math.max(charts.steps, index + 1);
	return true;
}

/** Whether a sample is behind all that the charts have. */
export function isLater(charts, sample) {
	return sample.millis >= charts.start + charts.steps * charts.step;
}

/** Drops the steps before a time. */
export function dropBefore(charts, millis) {
	const count = Math.min(charts.steps - 1, Math.floor((millis - charts.start) / charts.step));
	if (count <= 0) {
		return;
	}
	charts.start += count * charts.step;
	charts.steps -= count;
	for (const chart of [charts.cpu, charts.memory]) {
		chart.other.splice(0, count);
		[...chart.lines, ...chart.machine].forEach((line) => {
			line.means.splice(0, count);
			line.peaks.splice(0, count);
		});
	}
}

/** The mean of what a line has, over all steps with a sample. */
export function mean(values, other) {
	let sum = 0;
	let count = 0;
	other.forEach((rest, i) => {
		if (rest !== null) {
			sum += values[i] ?? 0;
			count++;
		}
	});
	return count ? sum / count : 0;
}

/** Rows of a table: times, every shown line, the rest, and the total, for both charts. */
export function csv(charts) {
	const head = ['time'];
	const parts = [['CPU %', charts.cpu], ['memory MB', charts.memory]];
	parts.forEach(([unit, chart]) => head.push(...chart.lines.map((line) => `${line.name} ${unit}`), `other ${unit}`, `total ${unit}`));
	const rows = [head.map(quoted).join(',')];
	for (let i = 0; i < charts.steps; i++) {
		if (charts.cpu.other[i] === null) {
			continue;
		}
		const row = [new Date(charts.start + i * charts.step).toISOString()];
		for (const [, chart] of parts) {
			const values = chart.lines.map((line) => line.means[i] ?? 0);
			const total = values.reduce((sum, value) => sum + value, chart.other[i]);
			row.push(...values.map(String), String(chart.other[i]), total.toFixed(2));
		}
		rows.push(row.join(','));
	}
	return rows.join('\r\n') + '\r\n';
}

/** A name that begins like a formula is none to a spreadsheet. */
function quoted(text) {
	return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" : '') + text.replaceAll('"', '""') + '"';
}
