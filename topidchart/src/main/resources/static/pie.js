// @ts-check
/** The averages of a chart as a pie. */
import { color, mean, OTHER_COLOR } from '/stack.js';

const SVG = 'http://www.w3.org/2000/svg';

export function showPie(svg, chart) {
	const slices = chart.lines.map((line) => ({ name: line.name, value: mean(line.means, chart.other), color: color(line.name) }));
	slices.push({ name: 'other', value: mean(chart.other, chart.other), color: OTHER_COLOR });
	const total = slices.reduce((sum, slice) => sum + slice.value, 0);
	let turn = 0;
	svg.replaceChildren(...slices.filter((slice) => slice.value > 0).map((slice) => {
		const part = slice.value / total;
		const path = document.createElementNS(SVG, part > 0.9999 ? 'circle' : 'path');
		if (part > 0.9999) {
			path.setAttribute('r', '1');
		}
		else {
			path.setAttribute('d', `M0 0L${point(turn)}A1 1 0 ${part > 0.5 ? 1 : 0} 1 ${point(turn + part)}Z`);
		}
		path.setAttribute('fill', slice.color);
		const title = document.createElementNS(SVG, 'title');
		title.textContent = `${slice.name}: ${slice.value.toFixed(1)} (${(100 * part).toFixed(1)} %)`;
		path.append(title);
		turn += part;
		return path;
	}));
}

function point(turn) {
	return `${Math.sin(2 * Math.PI * turn).toFixed(5)} ${(-Math.cos(2 * Math.PI * turn)).toFixed(5)}`;
}
