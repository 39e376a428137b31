// @ts-check
/** What is seen, as a file. */
import { csv } from '/stack.js';

function save(page, ending, blob) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = `${page.tag}-${page.name}.${ending}`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export function saveCsv(page) {
	save(page, 'csv', new Blob([csv(page.charts)], { type: 'text/csv' }));
}

export function saveJson(page) {
	save(page, 'json', new Blob([JSON.stringify({ details: page.details, charts: page.charts })], { type: 'application/json' }));
}

/** Both charts, one below the other. */
export function savePng(page) {
	const parts = [page.cpu.canvas(), page.memory.canvas()];
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(...parts.map((part) => part.width));
	canvas.height = parts.reduce((sum, part) => sum + part.height, 0);
	const context = canvas.getContext('2d');
	context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--back');
	context.fillRect(0, 0, canvas.width, canvas.height);
	let top = 0;
	for (const part of parts) {
		context.drawImage(part, 0, top);
		top += part.height;
	}
	canvas.toBlob((blob) => save(page, 'png', blob));
}
