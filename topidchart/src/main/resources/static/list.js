// @ts-check
/** All sessions, by tag. */
import { text } from '/chart.js';

export async function showList() {
	const body = document.querySelector('#sessions tbody');
	const tag = /** @type {HTMLInputElement} */ (document.getElementById('tag'));
	tag.value = new URLSearchParams(location.search).get('tag') ?? '';
	let sessions = [];
	const show = () => body.replaceChildren(...sessions.filter((each) => each.tag.includes(tag.value)).map((each) => {
		const row = document.createElement('tr');
		const link = document.createElement('a');
		link.href = `/${encodeURIComponent(each.tag)}/${encodeURIComponent(each.name)}`;
		link.textContent = each.name;
		const cell = document.createElement('td');
		cell.append(link);
		row.append(text('td', '', each.tag), cell, text('td', '', time(each.opened)), text('td', '', each.lastMillis ? time(each.lastMillis) : 'none'),
			text('td', 'number', String(each.samples)), text('td', '', (each.live ? 'live' : 'ended') + (each.pinned ? ', pinned' : '')));
		return row;
	}));
	tag.addEventListener('input', () => {
		history.replaceState(null, '', tag.value ? `/?tag=${encodeURIComponent(tag.value)}` : '/');
		show();
	});
	const load = async () => {
		sessions = await (await fetch('/api/sessions')).json();
		show();
	};
	await load();
	setInterval(load, 5000);
}

export function time(millis) {
	return new Date(millis).toLocaleString();
}
